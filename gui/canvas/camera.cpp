#include "gui/canvas/camera.h"

#include <QScrollBar>
#include <QStyle>

#include <algorithm>
#include <cmath>

namespace plimsoll::gui {
namespace {
constexpr int kMotionMs = 200;
constexpr double kFitMargin = 48, kTightMargin = 16; // dpx
constexpr double kFurnitureGap = 8;                  // dpx
constexpr double kFullCard = 0.8;                    // from here a card shows all that it has
constexpr double kRevealMargin = 24;                 // dpx
} // namespace

Camera::Camera(QGraphicsView& view) : QObject(&view), m_view(view) {
    m_animation.setDuration(kMotionMs);
    m_animation.setStartValue(0.0);
    m_animation.setEndValue(1.0);
    m_animation.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_animation, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
        const double t = value.toDouble();
        // Zoom moves in equal ratios, so that both directions feel alike.
        put({m_start.zoom * std::pow(m_goal.zoom / m_start.zoom, t),
             m_start.centre + (m_goal.centre - m_start.centre) * t});
    });
}

QRectF Camera::seen() const {
    return m_view.viewportTransform().inverted().mapRect(QRectF(m_view.viewport()->rect()));
}

Camera::Place Camera::place() const {
    return {m_zoom, seen().center()};
}

void Camera::setZoom(double zoom) {
    zoom = clampedZoom(zoom);
    if (zoom == m_zoom) return;
    m_zoom = zoom;
    m_view.setTransform(QTransform::fromScale(zoom, zoom));
    emit zoomChanged(zoom);
}

void Camera::put(const Place& place) {
    setZoom(place.zoom);
    const QPointF centre = QRectF(m_view.viewport()->rect()).center();
    const QPointF off = m_view.viewportTransform().map(place.centre) - centre;
    m_view.horizontalScrollBar()->setValue(m_view.horizontalScrollBar()->value() + qRound(off.x()));
    m_view.verticalScrollBar()->setValue(m_view.verticalScrollBar()->value() + qRound(off.y()));
    emit moved();
}

void Camera::zoomAbout(const QPointF& anchor, double zoom) {
    m_animation.stop();
    const QPointF kept = m_view.viewportTransform().inverted().map(anchor);
    setZoom(zoom);
    const QPointF off = m_view.viewportTransform().map(kept) - anchor;
    m_view.horizontalScrollBar()->setValue(m_view.horizontalScrollBar()->value() + qRound(off.x()));
    m_view.verticalScrollBar()->setValue(m_view.verticalScrollBar()->value() + qRound(off.y()));
    emit moved();
}

void Camera::zoomSmoothly(const QPointF& anchor, double zoom) {
    zoom = clampedZoom(zoom);
    const QPointF kept = m_view.viewportTransform().inverted().map(anchor);
    const QPointF fromCentre = anchor - QRectF(m_view.viewport()->rect()).center();
    go({zoom, kept - fromCentre / zoom}, true);
}

void Camera::panBy(const QPoint& pixels) {
    m_animation.stop();
    m_view.horizontalScrollBar()->setValue(m_view.horizontalScrollBar()->value() + pixels.x());
    m_view.verticalScrollBar()->setValue(m_view.verticalScrollBar()->value() + pixels.y());
    emit moved();
}

void Camera::fit(const QRectF& rect, double mostZoom, bool smoothly) {
    if (rect.isEmpty()) return go({1, {}}, smoothly);
    const QSizeF room = m_view.viewport()->size();
    const auto top = [&](double margin) { return std::max(margin, m_top + kFurnitureGap); };
    const auto bottom = [&](double margin) { return std::max(margin, m_bottom + kFurnitureGap); };
    const auto zoomWith = [&](double margin) {
        return std::min((room.width() - 2 * margin) / rect.width(),
                        (room.height() - top(margin) - bottom(margin)) / rect.height());
    };
    double zoom = zoomWith(kFitMargin), margin = kFitMargin;
    if (zoom < kFullCard && zoomWith(kTightMargin) >= kFullCard) {
        zoom = kFullCard;
        margin = kTightMargin;
    }
    zoom = clampedZoom(std::min(zoom, mostZoom));
    const double lower = (top(margin) - bottom(margin)) / 2 / zoom; // the middle of what is free lies lower by this
    go({zoom, rect.center() - QPointF(0, lower)}, smoothly);
}

void Camera::setFurniture(int top, int bottom) {
    m_top = top;
    m_bottom = bottom;
}

void Camera::centreOn(const QPointF& point, bool smoothly) {
    go({m_zoom, point}, smoothly);
}

void Camera::reveal(const QRectF& rect) {
    const double margin = kRevealMargin / m_zoom;
    const QRectF room = seen(), wanted = rect.adjusted(-margin, -margin, margin, margin);
    const auto shift = [](double low, double high, double roomLow, double roomHigh) {
        if (high - low > roomHigh - roomLow || low < roomLow) return low - roomLow;
        return high > roomHigh ? high - roomHigh : 0.0;
    };
    const QPointF by(shift(wanted.left(), wanted.right(), room.left(), room.right()),
                     shift(wanted.top(), wanted.bottom(), room.top(), room.bottom()));
    if (!by.isNull()) go({m_zoom, room.center() + by}, true);
}

void Camera::go(const Place& place, bool smoothly) {
    m_animation.stop();
    const bool moves = smoothly && m_motion && m_view.isVisible() &&
                       m_view.style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, &m_view) > 0;
    if (!moves) return put(place);
    m_start = this->place();
    m_goal = place;
    m_animation.start();
}

} // namespace plimsoll::gui
