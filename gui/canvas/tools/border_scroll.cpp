#include "gui/canvas/tools/border_scroll.h"

#include <algorithm>

namespace plimsoll::gui {
namespace {
constexpr double kZone = 24, kMostSpeed = 25; // dpx; dpx a frame
constexpr int kDelayMs = 200, kFrameMs = 16;
} // namespace

BorderScroll::BorderScroll(QWidget& viewport, Camera& camera, std::function<void()> scrolled)
    : m_viewport(viewport), m_camera(camera), m_scrolled(std::move(scrolled)) {
    m_timer.setInterval(kFrameMs);
    connect(&m_timer, &QTimer::timeout, this, &BorderScroll::step);
}

QPointF BorderScroll::speedAt(const QPointF& position) const {
    const auto along = [](double at, double size) {
        if (at < kZone) return -std::min(1.0, (kZone - at) / kZone) * kMostSpeed;
        if (at > size - kZone) return std::min(1.0, (at - size + kZone) / kZone) * kMostSpeed;
        return 0.0;
    };
    return {along(position.x(), m_viewport.width()), along(position.y(), m_viewport.height())};
}

void BorderScroll::pointerAt(const QPointF& position) {
    m_position = position;
    if (speedAt(position).isNull()) return m_timer.stop();
    if (m_timer.isActive()) return;
    m_since.start();
    m_timer.start();
}

void BorderScroll::step() {
    if (m_since.elapsed() < kDelayMs) return;
    m_camera.panBy(speedAt(m_position).toPoint());
    m_scrolled();
}

} // namespace plimsoll::gui
