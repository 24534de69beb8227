// What lies under the pointer: plain geometry over the scene's rectangles and routes.
#pragma once
#include "gui/canvas/canvas_scene.h"

#include <vector>

namespace plimsoll::gui {

struct Hit {
    enum class Kind { Nothing, Card, Name, Badge, InPort, OutPort, Link, LinkStart, LinkEnd, Area, AreaCorner };
    Kind kind = Kind::Nothing;
    document::Id component; // of a card or area
    LinkKey link;           // of a link
    bool onCard() const { return kind >= Kind::Card && kind <= Kind::OutPort; }
    bool onComponent() const { return onCard() || kind == Kind::Area || kind == Kind::AreaCorner; }
    bool onLink() const { return kind >= Kind::Link && kind <= Kind::LinkEnd; }
};

/// The topmost thing at `point` (scene): ports, cards, the ends of the selected link, links, headers and borders of
/// areas. The inside of an area is empty ground.
Hit hitAt(const CanvasScene& scene, const QPointF& point);
/// The card whose rectangle holds `point`, newest first; empty: none.
document::Id cardAt(const CanvasScene& scene, const QPointF& point);
/// All cards and areas at `point`, newest first, for clicks that go through what overlaps.
std::vector<document::Id> componentsAt(const CanvasScene& scene, const QPointF& point);
/// The link within `reach` (scene) of `point`; both ids empty: none.
LinkKey linkAt(const CanvasScene& scene, const QPointF& point, double reach);

} // namespace plimsoll::gui
