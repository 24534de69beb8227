#pragma once
#include "models/document/id.h"

#include <set>
#include <utility>

namespace plimsoll::gui {

/// What is selected on the canvas, by id: it survives any change of the project.
struct Selection {
    std::set<document::Id> components;
    std::set<std::pair<document::Id, document::Id>> links; // from, to
    bool empty() const { return components.empty() && links.empty(); }
    /// The only selected component; empty where there is none or more than one.
    document::Id single() const {
        return components.size() == 1 && links.empty() ? *components.begin() : document::Id{};
    }
    bool operator==(const Selection&) const = default;
};

} // namespace plimsoll::gui
