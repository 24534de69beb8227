#include "gui/canvas/overlays/legend.h"

#include "gui/canvas/paint/card_painter.h"
#include "gui/canvas/paint/overlay_scale.h"
#include "gui/theme/fonts.h"

#include <QFontMetricsF>
#include <QMouseEvent>
#include <QPainter>

namespace plimsoll::gui {
namespace {
constexpr int kWidth = 220, kHeight = 40;
constexpr double kPad = 9, kStepGap = 2, kStepHeight = 15, kHatch = 8;
constexpr std::size_t kSteps = 5;
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

bool Legend::hatched() const {
    return m_view.overlay() == Overlay::Utilisation;
}

std::array<QRectF, 5> Legend::stepRects() const {
    const auto labels = overlayStepLabels(m_view.overlay());
    const QFontMetricsF metrics(uiFont(11, QFont::DemiBold));
    std::array<double, kSteps> widths{};
    double all = 0;
    for (std::size_t i = 0; i < kSteps; ++i) {
        widths[i] = metrics.horizontalAdvance(labels[i]) + (i == kSteps - 1 && hatched() ? kHatch : 0);
        all += widths[i];
    }
    // What the labels leave is shared out evenly, so that each has the same room around it.
    const double share = (kWidth - 2 * kPad - (kSteps - 1) * kStepGap - all) / kSteps;
    std::array<QRectF, kSteps> rects;
    double x = box().left() + kPad;
    for (std::size_t i = 0; i < kSteps; ++i) {
        rects[i] = QRectF(x, box().bottom() - 5 - kStepHeight, widths[i] + share, kStepHeight);
        x += widths[i] + share + kStepGap;
    }
    return rects;
}

void Legend::paintEvent(QPaintEvent* event) {
    FloatingBox::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(uiFont(11));
    painter.setPen(theme().muted);
    painter.drawText(QPointF(box().left() + kPad, box().top() + 14), overlayTitle(m_view.overlay()));
    const auto labels = overlayStepLabels(m_view.overlay());
    const auto rects = stepRects();
    for (std::size_t i = 0; i < kSteps; ++i) {
        const QRectF& rect = rects[i];
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().step[i]);
        painter.drawRoundedRect(rect, 2, 2);
        QRectF text = rect;
        if (i == kSteps - 1 && hatched()) {
            hatch(painter, QRectF(rect.topLeft(), QSizeF(kHatch, rect.height())), 2, theme(), 1);
            text.setLeft(rect.left() + kHatch);
        }
        painter.setFont(uiFont(11, m_hovered == static_cast<int>(i) ? QFont::Bold : QFont::DemiBold));
        painter.setPen(theme().textOnStep[i]);
        painter.drawText(text, Qt::AlignCenter, labels[i]);
    }
}

void Legend::hover(std::optional<int> step) {
    if (step == m_hovered) return;
    m_hovered = step;
    update();
    emit stepHovered(step);
}

void Legend::mouseMoveEvent(QMouseEvent* event) {
    const auto rects = stepRects();
    for (std::size_t i = 0; i < kSteps; ++i)
        if (rects[i].contains(event->position())) return hover(static_cast<int>(i));
    hover({});
}

void Legend::leaveEvent(QEvent*) {
    hover({});
}

} // namespace plimsoll::gui
