#include "gui/canvas/flow_order.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::gui {

std::vector<document::Id> flowOrder(const document::Scenario& scenario) {
    std::vector<const document::Component*> waiting;
    for (const auto& component : scenario.components)
        if (!isArea(*component)) waiting.push_back(&*component);
    std::stable_sort(waiting.begin(), waiting.end(), [](const auto* a, const auto* b) {
        return std::pair(a->position.x, a->position.y) < std::pair(b->position.x, b->position.y);
    });
    std::map<document::Id, int> callers;
    std::map<document::Id, std::vector<document::Id>> calls;
    for (const auto& link : scenario.links) {
        ++callers[link->to];
        calls[link->from].push_back(link->to);
    }
    // Kahn's order; where a loop leaves no component without callers, the leftmost goes first.
    std::vector<document::Id> order;
    while (!waiting.empty()) {
        auto next = std::find_if(waiting.begin(), waiting.end(), [&](const auto* c) { return callers[c->id] <= 0; });
        if (next == waiting.end()) next = waiting.begin();
        const document::Id id = (*next)->id;
        waiting.erase(next);
        order.push_back(id);
        for (const auto& callee : calls[id]) --callers[callee];
    }
    return order;
}

document::Id nearestIn(const document::Scenario& scenario, const document::Id& from, int dx, int dy) {
    const auto* start = document::findComponent(scenario, from);
    if (!start) return {};
    const QPointF centre = rectOf(*start).center();
    document::Id nearest;
    double least = 0;
    for (const auto& component : scenario.components) {
        if (component->id == from || isArea(*component)) continue;
        const QPointF apart = rectOf(*component).center() - centre;
        const double ahead = apart.x() * dx + apart.y() * dy;
        const double aside = std::abs(apart.x() * dy) + std::abs(apart.y() * dx);
        if (ahead <= 0 || aside > 2 * ahead) continue;
        const double distance = ahead + 2 * aside; // what lies straight ahead is nearer
        if (!nearest.empty() && distance >= least) continue;
        least = distance;
        nearest = component->id;
    }
    return nearest;
}

std::set<document::Id> connectedTo(const document::Scenario& scenario, const std::set<document::Id>& components,
                                   Stream stream) {
    const auto closure = [&](bool down) {
        std::set<document::Id> all = components;
        for (bool grew = true; grew;) {
            grew = false;
            for (const auto& link : scenario.links) {
                const auto& near = down ? link->from : link->to;
                if (all.contains(near)) grew = all.insert(down ? link->to : link->from).second || grew;
            }
        }
        return all;
    };
    if (stream == Stream::Down) return closure(true);
    auto all = closure(false);
    if (stream == Stream::Both) all.merge(closure(true));
    return all;
}

} // namespace plimsoll::gui
