// A gesture of the pointer, from press to release. One file each; the view only hands events on.
#pragma once
#include "gui/canvas/tools/stage.h"

#include <QPainter>

#include <memory>

namespace plimsoll::gui {

/// Where the pointer is, in the viewport and in the scene, with the keys of the event itself.
struct Pointer {
    QPointF view, scene;
    Qt::KeyboardModifiers modifiers;
};

class Gesture {
public:
    explicit Gesture(Stage& stage) : m_stage(stage) {}
    virtual ~Gesture() = default;
    Gesture(const Gesture&) = delete;
    Gesture& operator=(const Gesture&) = delete;

    virtual void move(const Pointer& pointer) = 0;
    virtual void release(const Pointer& pointer) = 0;
    /// Esc, or the window lost the pointer: everything is as before the press.
    virtual void cancel() {}
    /// What it shows over the items, in scene coordinates; `d` is one pixel of the screen.
    virtual void paint(QPainter& /*painter*/, const Theme& /*theme*/, double /*d*/) const {}
    /// Whether the canvas scrolls while the pointer is near its border.
    virtual bool scrollsAtBorder() const { return true; }
    /// The gesture that goes on in place of this one; nullptr: this one goes on.
    virtual std::unique_ptr<Gesture> successor() { return nullptr; }

protected:
    Stage& m_stage;
};

} // namespace plimsoll::gui
