#include "models/lower/call_steps.h"

#include <cmath>

namespace plimsoll::lower {

using document::Link;
using flow::EntryId;
using flow::StepId;

namespace {

/// Whether retrying is asked for: one attempt is none.
bool retries(const Link& link) {
    return link.retry && link.retry->maxAttempts > 1;
}

flow::Attempt attempt(const document::Retry& retry, StepId body) {
    return {.body = body,
            .maxAttempts = retry.maxAttempts,
            .backoff = retry.backoff,
            .backoffFactor = retry.backoffFactor,
            .backoffCap = retry.backoffCap,
            .fullJitter = retry.fullJitter,
            .budget = retry.budget,
            .on = retry.on,
            .fallback = {}};
}

} // namespace

Route CallSteps::route(std::vector<const Link*> links) {
    Route route;
    route.links = std::move(links);
    Part& from = m_draft.parts[m_from];
    for (const Link* link : route.links) {
        route.targets.push_back(m_draft.partById.at(link->to));
        m_draft.reach(route.targets.back());
    }
    auto& balancers = m_draft.lowered.model.balancers;
    const auto [found, isNew] =
        from.balancers.try_emplace(route.targets, static_cast<flow::BalancerId>(balancers.size()));
    route.balancer = found->second;
    if (!isNew) return route;
    flow::Balancer balancer = from.balancing.value_or(flow::Balancer{});
    balancer.origin = from.balancing ? from.origin : originOf(route);
    balancer.fleet = from.fleet;
    for (const PartIndex target : route.targets) balancer.backends.push_back({m_draft.parts[target].fleet});
    balancers.push_back(std::move(balancer));
    return route;
}

StepId CallSteps::calls(const Route& route, Operation operation, double count) {
    if (count <= 0) return m_draft.addNothing();
    return route.link().mode == document::Mode::Async ? inBackground(route, operation, count)
                                                      : synchronous(route, operation, count);
}

StepId CallSteps::repeated(const Route& route, StepId body, double count) {
    if (count < 1) return m_draft.addSometimes(originOf(route), count, body);
    if (count == 1) return body;
    return m_draft.addStep(originOf(route), flow::Repeat{body, count});
}

StepId CallSteps::synchronous(const Route& route, Operation operation, double count) {
    const bool plain = isPlain(route);
    StepId step =
        m_draft.addStep(originOf(route), flow::Call{route.balancer, entries(route, operation), plain ? count : 1, {}});
    note(route, step);
    if (plain) return step;
    const Link& link = route.link();
    step = approached(route, step);
    if (link.timeout) {
        const auto leftover = link.cancel ? flow::Leftover::Cancel : flow::Leftover::Abandon;
        step = m_draft.addStep(originOf(route), flow::Timeout{*link.timeout, step, leftover, flow::Cause::Timeout});
    }
    if (retries(link)) step = m_draft.addStep(originOf(route), attempt(*link.retry, step));
    return repeated(route, step, count);
}

/// A job that is more than a call gets an entry of the link's own, in the caller's fleet.
StepId CallSteps::inBackground(const Route& route, Operation operation, double count) {
    if (isPlain(route)) {
        const StepId spawn =
            m_draft.addStep(originOf(route), flow::Spawn{route.balancer, entries(route, operation), count});
        note(route, spawn);
        return spawn;
    }
    const flow::FleetId fleet = m_draft.parts[m_from].fleet;
    const StepId job = synchronous(route, operation, 1);
    const EntryId entry = m_draft.addEntry({originOf(route), fleet, job}, {});
    auto& balancers = m_draft.lowered.model.balancers;
    flow::Balancer here;
    here.origin = originOf(route);
    here.fleet = fleet;
    here.backends.push_back({fleet});
    balancers.push_back(std::move(here));
    return m_draft.addStep(originOf(route),
                           flow::Spawn{static_cast<flow::BalancerId>(balancers.size() - 1), {entry}, count});
}

/// The network on the way to a call: the approach, the distance, and opening a connection.
StepId CallSteps::approached(const Route& route, StepId call) {
    const double roundTrip_s = toSeconds(roundTripOf(route));
    if (roundTrip_s <= 0) return call;
    const flow::Origin origin = originOf(route);
    std::vector<StepId> steps{m_draft.addStep(origin, flow::Delay{timeOf(roundTrip_s, 0)})};
    const double setup_s = roundTrip_s * m_approach.setupRoundTrips;
    if (m_approach.newConnection.value > 0 && setup_s > 0) {
        const StepId setup = m_draft.addStep(origin, flow::Delay{timeOf(setup_s, 0)});
        steps.push_back(m_draft.addSometimes(origin, m_approach.newConnection.value, setup));
    }
    steps.push_back(call);
    return m_draft.addSequence(origin, steps);
}

std::vector<EntryId> CallSteps::entries(const Route& route, Operation operation) {
    std::vector<EntryId> entries;
    for (std::size_t i = 0; i < route.targets.size(); ++i) {
        const EntryId entry = m_draft.promise(route.targets[i], m_class, operation);
        m_draft.callees[static_cast<std::size_t>(m_draft.building)].push_back(entry);
        entries.push_back(route.links.size() == 1 ? entry : share(*route.links[i], route.targets[i], entry));
    }
    return entries;
}

/// Of calls that are spread, the part that goes over one link: an entry at the target that pays the link's distance.
EntryId CallSteps::share(const Link& link, PartIndex target, EntryId entry) {
    const flow::Origin origin = m_draft.originOf(link);
    flow::Sequence steps;
    if (const double roundTrip_s = toSeconds(m_draft.distanceBetween(m_from, target)); roundTrip_s > 0)
        steps.steps.push_back(m_draft.addStep(origin, flow::Delay{timeOf(roundTrip_s, 0)}));
    const StepId root = m_draft.addStep(origin, std::move(steps));
    m_draft.lowered.linkCalls[static_cast<std::size_t>(origin)].push_back(root);
    m_draft.continuations.emplace_back(root, entry);
    return m_draft.addEntry({origin, m_draft.parts[target].fleet, root}, {});
}

Seconds CallSteps::roundTripOf(const Route& route) {
    const bool spread = route.links.size() > 1; // then each share pays its own distance
    return m_approach.roundTrip + (spread ? Seconds{0} : m_draft.distanceBetween(m_from, route.targets.front()));
}

bool CallSteps::isPlain(const Route& route) {
    return !route.link().timeout && !retries(route.link()) && toSeconds(roundTripOf(route)) <= 0;
}

void CallSteps::note(const Route& route, StepId step) {
    if (route.links.size() == 1) m_draft.lowered.linkCalls[static_cast<std::size_t>(originOf(route))].push_back(step);
}

} // namespace plimsoll::lower
