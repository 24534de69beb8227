#pragma once
#include "gui/canvas/camera.h"

#include <QElapsedTimer>
#include <QTimer>

#include <functional>

namespace plimsoll::gui {

/// Scrolls while a drag stays near the border: 24 dpx zone, 200 ms delay, up to 25 dpx a frame.
class BorderScroll : public QObject {
public:
    /// `scrolled` is called after each step, so that the drag follows.
    BorderScroll(QWidget& viewport, Camera& camera, std::function<void()> scrolled);
    void pointerAt(const QPointF& position);
    void stop() { m_timer.stop(); }

private:
    void step();
    QPointF speedAt(const QPointF& position) const;

    QWidget& m_viewport;
    Camera& m_camera;
    std::function<void()> m_scrolled;
    QPointF m_position;
    QElapsedTimer m_since;
    QTimer m_timer;
};

} // namespace plimsoll::gui
