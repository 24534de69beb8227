#include "gui/widgets/word_box.h"

#include "gui/theme/icons.h"
#include "gui/theme/theme.h"

#include <QStyleOptionComboBox>
#include <QStylePainter>
#include <QWheelEvent>

namespace plimsoll::gui {
namespace {

constexpr int kArrow = 14, kArrowRight = 5, kTextGap = 4;

} // namespace

WordBox::WordBox(QWidget* parent) : QComboBox(parent) {
    setFixedHeight(28);
    setFocusPolicy(Qt::StrongFocus);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(6);
}

void WordBox::wheelEvent(QWheelEvent* event) {
    if (hasFocus())
        QComboBox::wheelEvent(event);
    else
        event->ignore();
}

/// The style sheet takes the style's arrow away, and the style cuts a long word; both are drawn here.
void WordBox::paintEvent(QPaintEvent*) {
    QStylePainter painter(this);
    QStyleOptionComboBox option;
    initStyleOption(&option);
    if (currentIndex() < 0) option.currentText = placeholderText();
    const QRect text = style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this);
    const int icon = option.currentIcon.isNull() ? 0 : option.iconSize.width() + kTextGap;
    option.currentText = option.fontMetrics.elidedText(option.currentText, Qt::ElideRight, text.width() - icon);
    painter.drawComplexControl(QStyle::CC_ComboBox, option);
    painter.drawControl(QStyle::CE_ComboBoxLabel, option);
    const Theme& theme = themeFor(palette());
    const QRectF arrow(width() - kArrow - kArrowRight, (height() - kArrow) / 2.0, kArrow, kArrow);
    drawUiIcon(painter, QStringLiteral("chevron_down"), arrow, isEnabled() ? theme.muted : theme.line);
}

} // namespace plimsoll::gui
