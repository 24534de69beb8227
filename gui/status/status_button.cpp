#include "gui/status/status_button.h"

#include "gui/theme/fonts.h"
#include "gui/theme/icons.h"
#include "gui/theme/theme.h"

#include <QPainter>

namespace plimsoll::gui {
namespace {

constexpr int kHeight = 22, kPadding = 8, kIcon = 14, kGap = 5;
constexpr double kStaleOpacity = 0.6;

QFont strong() {
    return uiFont(12, QFont::DemiBold);
}
int widthOf(const QString& text, const QFont& font) {
    return text.isEmpty() ? 0 : QFontMetrics(font).horizontalAdvance(text) + kGap;
}

} // namespace

StatusButton::StatusButton(QWidget* parent) : QAbstractButton(parent) {
    setFixedHeight(kHeight);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void StatusButton::showItem(const StatusItem& item, bool stale) {
    if (item == m_item && stale == m_stale) return;
    m_item = item;
    m_stale = stale;
    setToolTip(item.tooltip);
    setAccessibleName(QStringLiteral("%1 %2 %3").arg(item.before, item.figure, item.after).simplified());
    updateGeometry();
    update();
}

QSize StatusButton::sizeHint() const {
    const int icon = m_item.icon.isEmpty() ? 0 : kIcon + kGap;
    return {2 * kPadding + icon + widthOf(m_item.before, uiFont(12)) + widthOf(m_item.figure, strong()) +
                widthOf(m_item.after, uiFont(12)) - kGap,
            kHeight};
}

void StatusButton::paintEvent(QPaintEvent*) {
    using Tone = StatusItem::Tone;
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const bool trouble = m_item.tone == Tone::Error;
    if (trouble || underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(trouble ? theme.errorTint : theme.hoverRow);
        painter.drawRoundedRect(box, 4, 4);
    }
    if (hasFocus()) {
        painter.setPen(theme.accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box, 4, 4);
    }
    painter.setOpacity(m_stale ? kStaleOpacity : 1);
    const QColor tone = m_item.tone == Tone::Error     ? theme.error
                        : m_item.tone == Tone::Warning ? theme.warning
                        : m_item.tone == Tone::Good    ? theme.good
                                                       : theme.text;
    double x = kPadding;
    if (!m_item.icon.isEmpty()) {
        drawUiIcon(painter, m_item.icon, QRectF(x, (height() - kIcon) / 2.0, kIcon, kIcon), tone);
        x += kIcon + kGap;
    }
    const bool alone = m_item.figure.isEmpty();
    const auto put = [&](const QString& text, const QFont& font, const QColor& colour) {
        if (text.isEmpty()) return;
        painter.setFont(font);
        painter.setPen(colour);
        const double room = width() - kPadding - x;
        painter.drawText(QRectF(x, 0, room + 1, height()), Qt::AlignVCenter,
                         QFontMetrics(font).elidedText(text, Qt::ElideRight, qRound(room + 1)));
        x += widthOf(text, font);
    };
    const QColor quiet = trouble ? theme.error : theme.muted;
    put(m_item.before, uiFont(12), alone && m_item.tone == Tone::Warning ? theme.warning : quiet);
    put(m_item.figure, strong(), trouble ? theme.error : theme.text);
    put(m_item.after, uiFont(12), quiet);
}

} // namespace plimsoll::gui
