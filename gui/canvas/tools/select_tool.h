// A press of the left button: a click selects, a drag becomes the gesture that what was pressed stands for.
#pragma once
#include "gui/canvas/hit_test.h"
#include "gui/canvas/tools/gesture.h"

namespace plimsoll::gui {

class SelectTool : public Gesture {
public:
    SelectTool(Stage& stage, const Pointer& pressed);
    void move(const Pointer& pointer) override;
    void release(const Pointer& pointer) override;
    bool scrollsAtBorder() const override { return false; }
    std::unique_ptr<Gesture> successor() override { return std::move(m_successor); }

private:
    std::unique_ptr<Gesture> dragged(const Pointer& pointer);
    std::unique_ptr<Gesture> moveSelected(const Pointer& pointer);

    Pointer m_pressed;
    Hit m_hit;
    std::unique_ptr<Gesture> m_successor;
};

/// The selection after a click on `hit`: Ctrl toggles, Shift adds, a plain click replaces, and goes on to what lies
/// below where the topmost of several is the one selected already.
Selection clicked(const CanvasScene& scene, const Selection& before, const Hit& hit, const QPointF& point,
                  Qt::KeyboardModifiers modifiers);

} // namespace plimsoll::gui
