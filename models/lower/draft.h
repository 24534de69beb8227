// A lowering under way. Entries are promised before they are built and built from a queue, so a chain of any length
// needs no deep stack, and the same project gives the same model.
#pragma once
#include "models/components/component_type.h"
#include "models/lower/context.h"
#include "models/lower/lower.h"
#include "models/lower/network.h"

#include <deque>
#include <unordered_map>

namespace plimsoll::lower {

/// An index into Draft::parts.
using PartIndex = std::uint32_t;

/// A component while it is lowered.
struct Part {
    const document::Component* component = nullptr;
    const components::ComponentType* type = nullptr;
    std::vector<const document::Link*> links; // from here, in their order
    bool reached = false;                     // declared, its links checked
    flow::Origin origin{};
    flow::FleetId fleet{}; // the outside where it has none
    std::vector<std::pair<std::string, flow::StationId>> stations;
    std::vector<std::pair<std::string, flow::PoolId>> pools;
    std::optional<flow::CacheId> cache;
    LookedUpBy lookedUpBy = LookedUpBy::Caller;
    std::optional<flow::Balancer> balancing;                      // of a component that spreads its calls
    std::map<std::vector<PartIndex>, flow::BalancerId> balancers; // by targets
};

/// An entry that is promised and not built yet.
struct Promise {
    PartIndex part;
    std::uint32_t requestClass;
    Operation operation;
    flow::EntryId entry;
};

struct Draft {
    Draft(const document::Project& drawn, const document::Scenario& topology);

    const document::Project& project;
    const document::Scenario& scenario;
    std::vector<Part> parts;
    std::unordered_map<std::string_view, PartIndex> partById;
    std::unordered_map<const document::Link*, flow::Origin> linkOrigins;
    std::unordered_map<std::uint64_t, flow::EntryId> entryByKey;
    std::deque<Promise> promises;
    flow::EntryId building{};                        // whose steps are being made
    std::vector<std::vector<flow::EntryId>> callees; // by entry
    /// Sequences that end with what an entry does, once that is built.
    std::vector<std::pair<flow::StepId, flow::EntryId>> continuations;
    std::optional<flow::StepId> nothing;
    std::optional<document::Error> fault; // the first; nothing is made of the draft then
    Lowered lowered;

    void refuse(document::Error error);
    const document::Component* find(const Id& id) const;
    Part& partOf(const document::Component& component);
    /// Checks the component and its links and declares its resources, once.
    void reach(PartIndex part);
    /// The entry of a component for a class and operation, built later.
    flow::EntryId promise(PartIndex part, std::uint32_t requestClass, Operation operation);
    std::uint32_t indexOf(const document::RequestClass& requestClass) const;

    flow::StepId addStep(flow::Origin origin, flow::Body body);
    flow::StepId addNothing();
    /// Drops what does nothing; one step stands for itself.
    flow::StepId addSequence(flow::Origin origin, const std::vector<flow::StepId>& steps);
    flow::StepId addSometimes(flow::Origin origin, double share, flow::StepId step);
    flow::EntryId addEntry(flow::Entry entry, EntryOf of);
    flow::Origin originOf(const document::Link& link);

    /// The network round trip between two components by the areas that they lie in; 0 where these have no position.
    Seconds distanceBetween(PartIndex from, PartIndex to);

private:
    struct Place {
        Id area;
        Position position;
        double stretch = 1;
    };
    std::optional<Place> placeOf(PartIndex part);
};

/// Everything that `from` calls for one request of the class; Context::downstream.
flow::StepId lowerCalls(Draft& draft, PartIndex from, std::uint32_t requestClass, Operation operation,
                        const Approach& approach);

} // namespace plimsoll::lower
