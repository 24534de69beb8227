#pragma once
#include "gui/canvas/paint/card_figure.h"
#include "gui/canvas/tools/gesture.h"

#include <optional>

namespace plimsoll::gui {

/// A component type that is dragged over the canvas: the real card follows the pointer and goes into the link below it.
class PaletteDrop {
public:
    explicit PaletteDrop(Stage& stage) : m_stage(stage) {}

    bool active() const { return m_card.has_value(); }
    /// False where the type is not known.
    bool enter(const std::string& typeId, const Pointer& pointer);
    void move(const Pointer& pointer);
    void leave();
    bool drop(const Pointer& pointer);
    void paint(QPainter& painter, const Theme& theme) const;

private:
    Stage& m_stage;
    document::Component m_component;
    std::optional<CardFigure> m_card;
    LinkKey m_link;
};

} // namespace plimsoll::gui
