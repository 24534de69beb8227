#include "gui/canvas/areas.h"

namespace plimsoll::gui {

int nestingOf(const document::Scenario& scenario, const document::Component& component) {
    int depth = 0;
    // A chain longer than the deepest nesting would be a loop, which the edits refuse.
    for (auto area = component.area; area && depth < document::kDeepestNesting; ++depth) {
        const auto* outer = document::findComponent(scenario, *area);
        area = outer ? outer->area : std::nullopt;
    }
    return depth;
}

std::set<document::Id> withContent(const document::Scenario& scenario, const std::set<document::Id>& ids) {
    std::set<document::Id> all = ids;
    for (bool grew = true; grew;) {
        grew = false;
        for (const auto& component : scenario.components)
            if (component->area && all.contains(*component->area)) grew = all.insert(component->id).second || grew;
    }
    return all;
}

document::Id areaAt(const document::Scenario& scenario, const QPointF& point, const std::set<document::Id>& moving) {
    document::Id innermost;
    int deepest = -1;
    for (const auto& component : scenario.components) {
        if (!isArea(*component) || moving.contains(component->id) || !rectOf(*component).contains(point)) continue;
        const int depth = nestingOf(scenario, *component);
        if (depth <= deepest) continue;
        deepest = depth;
        innermost = component->id;
    }
    return innermost;
}

Rects grownAreas(const document::Scenario& scenario, const std::vector<std::pair<QRectF, document::Id>>& rects) {
    Rects grown;
    for (const auto& [rect, into] : rects) {
        QRectF inner = rect;
        document::Id area = into;
        for (int depth = 0; !area.empty() && depth < document::kDeepestNesting; ++depth) {
            const auto* component = document::findComponent(scenario, area);
            if (!component) break;
            const auto known = grown.find(area);
            const QRectF now = known == grown.end() ? rectOf(*component) : known->second;
            const QRectF needed =
                now | inner.adjusted(-kAreaPadding, -kAreaPadding - kAreaHeader, kAreaPadding, kAreaPadding);
            if (needed != now) grown[area] = needed;
            inner = needed;
            area = component->area.value_or(document::Id{});
        }
    }
    return grown;
}

} // namespace plimsoll::gui
