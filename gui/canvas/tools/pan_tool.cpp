#include "gui/canvas/tools/pan_tool.h"

namespace plimsoll::gui {

PanTool::PanTool(Stage& stage, const Pointer& pressed, std::function<void(const Pointer&)> clicked)
    : Gesture(stage), m_pressed(pressed.view), m_last(pressed.view), m_clicked(std::move(clicked)) {}

void PanTool::move(const Pointer& pointer) {
    const QPointF apart = pointer.view - m_pressed;
    if (!m_pans && QPointF::dotProduct(apart, apart) < kDragThreshold * kDragThreshold) return;
    m_pans = true;
    m_stage.camera.panBy((m_last - pointer.view).toPoint());
    m_last = pointer.view;
}

void PanTool::release(const Pointer& pointer) {
    if (!m_pans && m_clicked) m_clicked(pointer);
}

} // namespace plimsoll::gui
