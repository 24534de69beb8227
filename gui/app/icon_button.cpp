#include "gui/app/icon_button.h"

#include "gui/theme/icons.h"
#include "gui/theme/theme.h"

#include <QAction>
#include <QEvent>

namespace plimsoll::gui {

IconButton::IconButton(QAction* action, QString icon, QWidget* parent) : QToolButton(parent), m_icon(std::move(icon)) {
    setDefaultAction(action);
    setToolButtonStyle(Qt::ToolButtonIconOnly);
    setFixedSize(28, 28);
    setIconSize({18, 18});
    recolour();
}

void IconButton::changeEvent(QEvent* event) {
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) recolour();
}

void IconButton::recolour() {
    setIcon(uiIcon(m_icon, themeFor(palette()).text));
}

} // namespace plimsoll::gui
