#include "models/assess/assessment.h"

#include <algorithm>

namespace plimsoll::assess {

const ComponentFigures* Assessment::component(const Id& id) const {
    const auto found = std::ranges::find(components, id, &ComponentFigures::id);
    return found == components.end() ? nullptr : &*found;
}

const ClassFigures* Assessment::requestClass(const Id& id) const {
    const auto found = std::ranges::find(classes, id, &ClassFigures::id);
    return found == classes.end() ? nullptr : &*found;
}

const LinkFigures* Assessment::link(const Id& from, const Id& to) const {
    const auto found =
        std::ranges::find_if(links, [&](const auto& link) { return link.from == from && link.to == to; });
    return found == links.end() ? nullptr : &*found;
}

std::optional<double> timeShare(const ComponentFigures& figures, const Assessment& assessment) {
    if (!figures.residenceMean) return {};
    double all = 0;
    for (const auto& each : assessment.components)
        if (each.residenceMean) all += each.carried * *each.residenceMean;
    if (!(all > 0)) return {};
    return figures.carried * *figures.residenceMean / all;
}

} // namespace plimsoll::assess
