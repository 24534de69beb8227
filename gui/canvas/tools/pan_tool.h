#pragma once
#include "gui/canvas/tools/gesture.h"

#include <functional>

namespace plimsoll::gui {

/// Drags the paper: Space with the left button, the middle button, or the right one past 4 dpx. A right click that did
/// not move is a click: `clicked` opens the menu.
class PanTool : public Gesture {
public:
    PanTool(Stage& stage, const Pointer& pressed, std::function<void(const Pointer&)> clicked = {});
    void move(const Pointer& pointer) override;
    void release(const Pointer& pointer) override;
    bool scrollsAtBorder() const override { return false; }

private:
    QPointF m_pressed, m_last;
    bool m_pans = false;
    std::function<void(const Pointer&)> m_clicked;
};

} // namespace plimsoll::gui
