#pragma once
#include "gui/canvas/camera.h"
#include "gui/canvas/canvas_scene.h"
#include "gui/canvas/overlays/floating_box.h"

namespace plimsoll::gui {

/// The whole at a glance, bottom right: shown from 30 cards on, or when something lies outside the view. A click
/// centres, a drag pans.
class Minimap : public FloatingBox {
    Q_OBJECT
public:
    Minimap(const CanvasScene& scene, Camera& camera, QWidget* parent);
    bool wanted() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    QTransform toMap() const;
    void centre(const QPointF& at);

    const CanvasScene& m_scene;
    Camera& m_camera;
};

} // namespace plimsoll::gui
