// What all items of a canvas share: kept by the scene, read while they paint.
#pragma once
#include "gui/canvas/detail.h"
#include "gui/canvas/geometry.h"
#include "gui/document/selection.h"
#include "gui/theme/theme.h"

#include <optional>
#include <set>

namespace plimsoll::gui {

struct CanvasLook {
    const Theme* theme = nullptr;
    Detail detail = Detail::Normal;
    double zoom = 1;
    /// The zoom rounded down to a power of two, at most 1: bounding rectangles change with it, not with every notch.
    double boundsZoom = 1;
    bool stale = false;
    const Selection* selection = nullptr;
    document::Id hovered, focused;
    LinkKey hoveredLink;

    /// While a link is drawn: where it may end; others step back.
    std::optional<std::set<document::Id>> targets;
    document::Id illegal;        // the card under the pointer that may not be linked
    document::Id enteredArea;    // would take the cards that are dragged
    LinkKey dropLink;            // would take the card that is dragged between its ends
    std::optional<int> onlyStep; // the legend's step under the pointer; others step back
};

} // namespace plimsoll::gui
