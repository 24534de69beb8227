#include "gui/canvas/name_editor.h"

#include "gui/theme/fonts.h"

#include <QKeyEvent>

namespace plimsoll::gui {
namespace {
constexpr int kLeastWidth = 120, kLeastHeight = 26;
} // namespace

NameEditor::NameEditor(QWidget* parent) : QLineEdit(parent) {
    setObjectName(QStringLiteral("nameEditor"));
    setAccessibleName(tr("Name"));
    hide();
}

void NameEditor::edit(const QString& name, const QRect& place, double pixels,
                      std::function<void(const QString&)> taken) {
    m_before = name;
    m_taken = std::move(taken);
    setFont(uiFont(pixels, QFont::DemiBold));
    setText(name);
    selectAll();
    setGeometry(place.x(), place.y(), std::max(place.width(), kLeastWidth), std::max(place.height(), kLeastHeight));
    show();
    raise();
    setFocus(Qt::OtherFocusReason);
}

void NameEditor::leave() {
    if (isHidden()) return;
    m_taken = {};
    const bool focused = hasFocus();
    hide();
    if (focused) parentWidget()->setFocus(Qt::OtherFocusReason);
}

void NameEditor::take() {
    if (isHidden()) return;
    const auto taken = std::move(m_taken);
    const QString name = text().trimmed();
    leave();
    if (taken && name != m_before && !name.isEmpty()) taken(name);
}

void NameEditor::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter: return take();
    case Qt::Key_Escape: return leave();
    default: QLineEdit::keyPressEvent(event);
    }
}

void NameEditor::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason) take(); // its own menu
}

} // namespace plimsoll::gui
