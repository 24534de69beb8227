// Zoom and pan of the canvas. The scene rectangle is fixed and the scroll bars are off, so that the point under the
// pointer can be kept to the pixel.
#pragma once
#include "gui/canvas/detail.h"

#include <QGraphicsView>
#include <QObject>
#include <QVariantAnimation>

namespace plimsoll::gui {

class Camera : public QObject {
    Q_OBJECT
public:
    explicit Camera(QGraphicsView& view);

    double zoom() const { return m_zoom; }
    /// What of the scene is seen.
    QRectF seen() const;
    /// Whether a move is under way.
    bool moving() const { return m_animation.state() == QAbstractAnimation::Running; }
    /// Moves take 200 ms, unless motion is unwanted or the style has no animations.
    void setMotion(bool wanted) { m_motion = wanted; }

    /// Keeps the scene point under `anchor` (viewport) where it is. At once.
    void zoomAbout(const QPointF& anchor, double zoom);
    /// The same, with motion.
    void zoomSmoothly(const QPointF& anchor, double zoom);
    void panBy(const QPoint& pixels);
    /// What floats over the canvas at its top and bottom, in pixels: fit() leaves it free.
    void setFurniture(int top, int bottom);
    /// Shows `rect` whole with a margin of 48 dpx, at most at `mostZoom`; a margin of 16 where that gains the full
    /// card.
    void fit(const QRectF& rect, double mostZoom, bool smoothly = true);
    void centreOn(const QPointF& point, bool smoothly = true);
    /// Moves only as far as needed for `rect` to be seen.
    void reveal(const QRectF& rect);

signals:
    void zoomChanged(double zoom);
    void moved(); // zoom or position

private:
    struct Place {
        double zoom = 1;
        QPointF centre;
    };
    Place place() const;
    void put(const Place& place);
    void go(const Place& place, bool smoothly);
    void setZoom(double zoom);

    QGraphicsView& m_view;
    double m_zoom = 1;
    bool m_motion = true;
    int m_top = 0, m_bottom = 0;
    QVariantAnimation m_animation;
    Place m_start, m_goal;
};

} // namespace plimsoll::gui
