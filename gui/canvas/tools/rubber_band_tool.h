#pragma once
#include "gui/canvas/tools/gesture.h"

namespace plimsoll::gui {

/// Left to right takes what it encloses, right to left what it touches; Shift adds to what was selected.
class RubberBandTool : public Gesture {
public:
    RubberBandTool(Stage& stage, const Pointer& pressed);
    void move(const Pointer& pointer) override;
    void release(const Pointer& pointer) override { move(pointer); }
    void cancel() override;
    void paint(QPainter& painter, const Theme& theme, double d) const override;

private:
    QPointF m_from, m_to;
    Selection m_before;
    bool m_adds;
};

} // namespace plimsoll::gui
