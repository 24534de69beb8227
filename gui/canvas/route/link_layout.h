// Ports and routes of all links of a scenario, kept up to date while cards move: only links whose card or corridor
// changed are routed again.
#pragma once
#include "gui/canvas/geometry.h"

#include <chrono>
#include <set>
#include <vector>

namespace plimsoll::gui {

/// Where links touch a card, from its top.
struct Ports {
    std::vector<double> in, out;
    bool operator==(const Ports&) const = default;
};

class LinkLayout {
public:
    struct Ends {
        LinkKey key;
        double width = 1.5; // dpx; wide links stand further apart
    };

    /// Takes the cards (areas left out) and links as they are now. `dragged` cards are in nobody's way yet: links that
    /// do not end at one stay, so that a card can be dropped on them. Beyond `budget` links are drawn straight, until
    /// the next call without one. Returns the links whose route is another than before; those that are gone are
    /// forgotten.
    std::set<LinkKey> update(const Rects& cards, const std::vector<Ends>& links,
                             const std::set<document::Id>& dragged = {},
                             std::chrono::microseconds budget = std::chrono::microseconds::max());
    /// Empty for a link that is not known.
    const std::vector<QPointF>& route(const LinkKey& key) const;
    const Ports& ports(const document::Id& card) const;

private:
    struct Way {
        std::vector<QPointF> points;
        bool exact = false; // not a straight preview
    };
    struct Plan {
        LinkKey key;
        QPointF from, to;
        double laneOffset = 0, laneStub = 0;
    };
    std::vector<Plan> plan(const Rects& cards, const std::vector<Ends>& links);
    std::vector<QRectF> changedSince(const Rects& cards, const std::set<document::Id>& dragged) const;
    bool keeps(const Plan& plan, const std::vector<QRectF>& changed) const;

    Rects m_settled; // the cards at the last update without a drag
    std::map<document::Id, Ports> m_ports;
    std::map<LinkKey, Way> m_ways;
};

/// From this width on (dpx) a link's neighbours stand further apart.
inline constexpr double kWideLink = 4;

/// How far `point` is from the nearest part of `route`.
double distanceTo(const std::vector<QPointF>& route, const QPointF& point);
/// What encloses a route.
QRectF boundsOf(const std::vector<QPointF>& route);

} // namespace plimsoll::gui
