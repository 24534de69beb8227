#include "gui/canvas/overlays/legend.h"

#include "gui/canvas/paint/card_painter.h"
#include "gui/canvas/paint/overlay_scale.h"
#include "gui/theme/fonts.h"

#include <QMouseEvent>
#include <QPainter>

namespace plimsoll::gui {
namespace {
constexpr int kWidth = 220, kHeight = 40;
constexpr double kPad = 9, kStepGap = 2, kStepHeight = 15;
constexpr int kSteps = 5;
} // namespace

Legend::Legend(ViewState& view, QWidget* parent) : FloatingBox(parent), m_view(view) {
    setObjectName(QStringLiteral("legend"));
    setFixedSize(kWidth + 2 * kShadow, kHeight + 2 * kShadow - 2);
    setMouseTracking(true);
    connect(&view, &ViewState::overlayChanged, this, &Legend::refresh);
    refresh();
}

void Legend::refresh() {
    const auto labels = overlayStepLabels(m_view.overlay());
    QString said = overlayTitle(m_view.overlay());
    for (const auto& label : labels) said += QStringLiteral(", ") + label;
    setAccessibleName(said);
    update();
}

QRectF Legend::stepRect(int step) const {
    const double width = (kWidth - 2 * kPad - (kSteps - 1) * kStepGap) / kSteps;
    return {box().left() + kPad + step * (width + kStepGap), box().bottom() - 5 - kStepHeight, width, kStepHeight};
}

void Legend::paintEvent(QPaintEvent* event) {
    FloatingBox::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(uiFont(11));
    painter.setPen(theme().muted);
    painter.drawText(QPointF(box().left() + kPad, box().top() + 14), overlayTitle(m_view.overlay()));
    const auto labels = overlayStepLabels(m_view.overlay());
    for (int i = 0; i < kSteps; ++i) {
        const auto step = static_cast<std::size_t>(i);
        const QRectF rect = stepRect(i);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().step[step]);
        painter.drawRoundedRect(rect, 2, 2);
        QRectF text = rect;
        if (i == kSteps - 1 && m_view.overlay() == Overlay::Utilisation) {
            hatch(painter, QRectF(rect.topLeft(), QSizeF(8, rect.height())), 2, theme(), 1);
            text.setLeft(rect.left() + 8);
        }
        painter.setFont(uiFont(11, m_hovered == i ? QFont::Bold : QFont::DemiBold));
        painter.setPen(theme().textOnStep[step]);
        painter.drawText(text, Qt::AlignCenter, labels[step]);
    }
}

void Legend::hover(std::optional<int> step) {
    if (step == m_hovered) return;
    m_hovered = step;
    update();
    emit stepHovered(step);
}

void Legend::mouseMoveEvent(QMouseEvent* event) {
    for (int i = 0; i < kSteps; ++i)
        if (stepRect(i).contains(event->position())) return hover(i);
    hover({});
}

void Legend::leaveEvent(QEvent*) {
    hover({});
}

} // namespace plimsoll::gui
