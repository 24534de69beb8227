#include "gui/palette/search_field.h"

#include "gui/theme/fonts.h"
#include "gui/theme/icons.h"
#include "gui/theme/theme.h"

#include <QPainter>

namespace plimsoll::gui {
namespace {
constexpr int kIconLeft = 8, kIcon = 16, kTextLeft = 22; // the style sheet's padding comes on top of the last
} // namespace

SearchField::SearchField(QWidget* parent) : QLineEdit(parent) {
    setObjectName(QStringLiteral("paletteSearch"));
    setAccessibleName(tr("Search components"));
    setPlaceholderText(tr("Search"));
    setTextMargins(kTextLeft, 0, 0, 0);
    setFixedHeight(32);
}

void SearchField::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    drawUiIcon(painter, QStringLiteral("search"), QRectF(kIconLeft, (height() - kIcon) / 2.0, kIcon, kIcon),
               theme.muted);
    if (!text().isEmpty()) return;
    painter.setFont(uiFont(12));
    painter.setPen(theme.muted);
    painter.drawText(rect().adjusted(0, 0, -10, 0), Qt::AlignRight | Qt::AlignVCenter, tr("Ctrl+Space"));
}

} // namespace plimsoll::gui
