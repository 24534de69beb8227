#pragma once
#include "gui/canvas/tools/gesture.h"

namespace plimsoll::gui {

/// Drags the lower right corner of an area, on the grid, never smaller than its content.
class AreaResizeTool : public Gesture {
public:
    AreaResizeTool(Stage& stage, document::Id area, const Pointer& pressed);
    ~AreaResizeTool() override;
    void move(const Pointer& pointer) override;
    void release(const Pointer& pointer) override;

private:
    document::Id m_area;
    QPointF m_from;
    QRectF m_start, m_rect, m_least;
};

} // namespace plimsoll::gui
