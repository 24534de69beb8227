#include "models/lower/context.h"

#include "engine/distribution/distribution.h"
#include "models/lower/draft.h"

#include <algorithm>
#include <cassert>

namespace plimsoll::lower {
namespace {

using document::Component;
using document::RequestClass;
using flow::StepId;

template <class Id>
std::optional<Id> named(const std::vector<std::pair<std::string, Id>>& resources, std::string_view name) {
    for (const auto& [key, id] : resources)
        if (key == name) return id;
    return {};
}

} // namespace

flow::Distribution timeOf(double mean_s, double scv) {
    return distribution::fromMeanScv(seconds(mean_s), scv);
}

void Context::addFleet(const Component& component, const flow::Member& member, std::optional<flow::Failures> failures) {
    Part& part = m_draft.partOf(component);
    auto& fleets = m_draft.lowered.model.fleets;
    part.fleet = static_cast<flow::FleetId>(fleets.size());
    fleets.push_back({part.origin, {member}, std::move(failures)});
    m_draft.lowered.fleets.emplace(component.id, part.fleet);
}

void Context::addStation(const Component& component, std::string_view name, flow::Station station) {
    Part& part = m_draft.partOf(component);
    auto& stations = m_draft.lowered.model.stations;
    station.origin = part.origin;
    station.fleet = part.fleet;
    part.stations.emplace_back(name, static_cast<flow::StationId>(stations.size()));
    stations.push_back(station);
    m_draft.lowered.stations.push_back({component.id, std::string(name)});
}

void Context::addPool(const Component& component, std::string_view name, flow::Pool pool) {
    Part& part = m_draft.partOf(component);
    auto& pools = m_draft.lowered.model.pools;
    pool.origin = part.origin;
    pool.fleet = part.fleet;
    part.pools.emplace_back(name, static_cast<flow::PoolId>(pools.size()));
    pools.push_back(std::move(pool));
    m_draft.lowered.pools.push_back({component.id, std::string(name)});
}

void Context::addCache(const Component& component, flow::Cache cache, LookedUpBy who) {
    Part& part = m_draft.partOf(component);
    auto& caches = m_draft.lowered.model.caches;
    cache.origin = part.origin;
    cache.fleet = part.fleet;
    part.cache = static_cast<flow::CacheId>(caches.size());
    part.lookedUpBy = who;
    caches.push_back(cache);
    m_draft.lowered.caches.push_back({component.id, "cache"});
}

void Context::setBalancing(const Component& component, flow::Balancer prototype) {
    m_draft.partOf(component).balancing = std::move(prototype);
}

flow::KeySpaceId Context::addKeySpace(const Component& component, flow::KeySpace space) {
    auto& spaces = m_draft.lowered.model.keySpaces;
    space.origin = m_draft.partOf(component).origin;
    spaces.push_back(space);
    return static_cast<flow::KeySpaceId>(spaces.size() - 1);
}

StepId Context::nothing() {
    return m_draft.addNothing();
}

StepId Context::serve(const Component& component, std::string_view station, double mean_s, double scv) {
    if (mean_s <= 0) return nothing();
    const Part& part = m_draft.partOf(component);
    const auto id = named(part.stations, station);
    assert(id);
    return m_draft.addStep(part.origin, flow::Serve{*id, timeOf(mean_s, scv)});
}

StepId Context::delay(const Component& component, double duration_s) {
    if (duration_s <= 0) return nothing();
    return m_draft.addStep(m_draft.partOf(component).origin, flow::Delay{timeOf(duration_s, 0)});
}

StepId Context::hold(const Component& component, std::string_view pool, StepId body) {
    const Part& part = m_draft.partOf(component);
    const auto id = named(part.pools, pool);
    return id ? m_draft.addStep(part.origin, flow::Hold{*id, body}) : body;
}

StepId Context::lookup(const Component& component, StepId onHit, StepId onMiss) {
    const Part& part = m_draft.partOf(component);
    assert(part.cache);
    return m_draft.addStep(part.origin, flow::Lookup{*part.cache, onHit, onMiss});
}

StepId Context::invalidate(const Component& component) {
    const Part& part = m_draft.partOf(component);
    assert(part.cache);
    return m_draft.addStep(part.origin, flow::Invalidate{*part.cache});
}

StepId Context::sometimes(const Component& component, double share, StepId step) {
    return m_draft.addSometimes(m_draft.partOf(component).origin, share, step);
}

StepId Context::sequence(const Component& component, const std::vector<StepId>& steps) {
    return m_draft.addSequence(m_draft.partOf(component).origin, steps);
}

StepId Context::downstream(const Component& component, const RequestClass& requestClass, Operation operation,
                           const Approach& approach) {
    return lowerCalls(m_draft, m_draft.partById.at(component.id), m_draft.indexOf(requestClass), operation, approach);
}

flow::EntryId Context::addEntry(const Component& component, const RequestClass& requestClass, Operation operation,
                                StepId root) {
    const flow::EntryId entry =
        m_draft.promise(m_draft.partById.at(component.id), m_draft.indexOf(requestClass), operation);
    m_draft.lowered.model.entries[static_cast<std::size_t>(entry)].root = root;
    return entry;
}

} // namespace plimsoll::lower
