// Scenario -> flow::Model: what is solved and simulated, with the way back to what was drawn.
#pragma once
#include "engine/solve/solution.h"
#include "models/document/error.h"
#include "models/document/project.h"
#include "models/lower/operation.h"

#include <expected>
#include <map>
#include <string>
#include <vector>

namespace plimsoll::lower {

using document::Id;

/// What a flow::Origin stands for: a component, or a link where `to` is not empty.
struct OriginOf {
    Id component; // of a link: from
    Id to;
};

/// A station, pool, limiter or cache of a component, by the name that people know it by ("cpu", "threads", "disk").
struct NamedResource {
    Id component;
    std::string name;
};

/// An entry of a component for one class and operation.
struct EntryOf {
    Id component, requestClass;
    Operation operation = Operation::Read;
};

struct Lowered {
    flow::Model model;
    std::vector<OriginOf> origins;                                // by flow::Origin; [0] is nothing
    std::vector<NamedResource> stations, pools, limiters, caches; // by their ids in the model
    std::vector<EntryOf> entries;                                 // by EntryId; component empty: a link's own
    std::vector<Id> classes;    // by ClassId: the project's classes that this scenario carries
    std::vector<Id> notCarried; // the others: the clients component is not in this scenario, or calls nothing for them
    std::map<Id, flow::FleetId> fleets; // by component, where it has one
    /// By origin of a link: the steps that a call over it enters. Its Call and Spawn steps; where one call is spread
    /// over several links, the first step at each target.
    std::vector<std::vector<flow::StepId>> linkCalls;
};

/// Lowers one scenario. Errors name the component or link, the field, the value and what is allowed.
std::expected<Lowered, document::Error> lower(const document::Project& project, const Id& scenario);

} // namespace plimsoll::lower
