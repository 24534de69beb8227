#include "engine/solve/graph_builder.h"

#include "engine/flow/validate.h"
#include "engine/solve/supported.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace plimsoll::flow {
namespace {

constexpr std::uint32_t kInProgress = kNone - 1;

} // namespace

void GraphBuilder::makeGroups() {
    m_graph.memberGroups.resize(m_model.fleets.size());
    for (std::uint32_t f = 0; f < m_model.fleets.size(); ++f) {
        const auto first = std::uint32_t(m_graph.groups.size());
        m_graph.firstGroup.push_back(first);
        for (const Member& member : m_model.fleets[f].members) {
            auto group = first;
            while (group < m_graph.groups.size() &&
                   (m_graph.groups[group].speed != member.speed || m_graph.groups[group].weight != member.weight))
                ++group;
            if (group == m_graph.groups.size()) m_graph.groups.push_back({f, member.speed, member.weight, 0, 0});
            m_graph.groups[group].count += member.count;
            m_graph.groups[group].up += member.count;
            m_graph.memberGroups[f].push_back(group);
        }
    }
    m_graph.firstGroup.push_back(std::uint32_t(m_graph.groups.size()));
}

void GraphBuilder::makeCells() {
    for (std::uint32_t s = 0; s < m_model.stations.size(); ++s) {
        const Station& station = m_model.stations[s];
        m_graph.firstCell.push_back(std::uint32_t(m_graph.cells.size()));
        const auto fleet = std::size_t(station.fleet);
        for (std::uint32_t g = m_graph.firstGroup[fleet]; g < m_graph.firstGroup[fleet + 1]; ++g)
            m_graph.cells.push_back({.station = s,
                                     .group = g,
                                     .servers = double(station.servers.value_or(0)),
                                     .sharing = station.discipline == Discipline::ProcessorSharing});
    }
    m_graph.firstCell.push_back(std::uint32_t(m_graph.cells.size()));
    m_cellDemand.resize(m_graph.cells.size());
}

void GraphBuilder::makePoolCells() {
    const auto make = [&](const auto& resources, auto& cells, std::vector<std::uint32_t>& first) {
        for (std::uint32_t r = 0; r < resources.size(); ++r) {
            first.push_back(std::uint32_t(cells.size()));
            const auto fleet = std::size_t(resources[r].fleet);
            for (std::uint32_t g = m_graph.firstGroup[fleet]; g < m_graph.firstGroup[fleet + 1]; ++g)
                cells.push_back({r, g});
        }
        first.push_back(std::uint32_t(cells.size()));
    };
    make(m_model.pools, m_graph.poolCells, m_graph.firstPoolCell);
    make(m_model.limiters, m_graph.limiterCells, m_graph.firstLimiterCell);
    make(m_model.caches, m_graph.cacheCells, m_graph.firstCacheCell);
}

void GraphBuilder::makeQueues() {
    std::vector<std::set<std::uint8_t>> priorities(m_graph.cells.size()), poolPriorities(m_graph.poolCells.size());
    const auto isRanked = [&](std::uint32_t cell) {
        const Discipline discipline = m_model.stations[m_graph.cells[cell].station].discipline;
        return discipline == Discipline::PriorityNonPreemptive || discipline == Discipline::PriorityPreemptiveResume;
    };
    for (const Visit& visit : m_graph.visits)
        if (visit.cell != kNone && isRanked(visit.cell)) priorities[visit.cell].insert(visit.priority);
    for (const HoldSite& site : m_graph.holds) poolPriorities[site.poolCell].insert(priorityOf(site));
    const auto list = [](const auto& all, auto& queues, std::vector<std::uint32_t>& first) {
        for (std::uint32_t c = 0; c < all.size(); ++c) {
            first.push_back(std::uint32_t(queues.size()));
            if (all[c].empty()) queues.push_back({c, 0});
            for (std::uint8_t priority : all[c]) queues.push_back({c, priority});
        }
        first.push_back(std::uint32_t(queues.size()));
    };
    list(priorities, m_graph.queues, m_graph.firstQueue);
    list(poolPriorities, m_graph.poolQueues, m_graph.firstPoolQueue);
    const auto find = [](const auto& queues, const std::vector<std::uint32_t>& first, std::uint32_t cell,
                         std::uint8_t priority) {
        std::uint32_t queue = first[cell];
        while (queue + 1 < first[cell + 1] && queues[queue].priority != priority) ++queue;
        return queue;
    };
    for (Visit& visit : m_graph.visits)
        if (visit.cell != kNone) visit.queue = find(m_graph.queues, m_graph.firstQueue, visit.cell, visit.priority);
    for (const HoldSite& site : m_graph.holds)
        m_graph.nodes[site.acquire].resource =
            find(m_graph.poolQueues, m_graph.firstPoolQueue, site.poolCell, priorityOf(site));
}

std::uint8_t GraphBuilder::priorityOf(const HoldSite& site) const {
    const Node& hold = m_graph.nodes[site.acquire + 1];
    return std::get<Hold>(m_model.steps[hold.step].body).priority;
}

bool GraphBuilder::isOnePass() const {
    const auto isPlain = [](const RequestClass& cls) {
        const auto* open = std::get_if<Open>(&cls.arrivals);
        return open && open->scv == 1 && open->batch == 1;
    };
    const auto isUnbounded = [](const Station& station) {
        return !station.capacity && station.contention == Contention{} &&
               (station.discipline == Discipline::Fcfs || station.discipline == Discipline::ProcessorSharing);
    };
    const auto isRandom = [&](const Pick& pick) {
        return pick.targets <= 1 && m_graph.groups[m_graph.pickTargets[pick.firstTarget].group].count == 1;
    };
    return std::ranges::all_of(m_model.classes, isPlain) && std::ranges::all_of(m_model.stations, isUnbounded) &&
           m_graph.lookups.empty() &&
           std::ranges::all_of(m_graph.picks,
                               [&](const Pick& pick) {
                                   return m_model.balancers[pick.balancer].policy == Policy::Random || isRandom(pick);
                               }) &&
           std::ranges::none_of(m_graph.nodes, [](const Node& node) { return node.kind >= NodeKind::Acquire; });
}

std::expected<void, Error> GraphBuilder::build() {
    auto rounds = callRounds(m_model);
    if (!rounds) return std::unexpected(std::move(rounds).error());
    m_rounds = std::move(*rounds);
    makeGroups();
    makeCells();
    makePoolCells();
    m_memo.resize(m_model.steps.size());
    m_graph.nodes.reserve(m_model.steps.size());
    for (std::uint32_t c = 0; c < m_model.classes.size(); ++c) {
        const std::size_t firstNode = m_graph.nodes.size();
        auto root = walk(c, {std::uint32_t(m_model.classes[c].root), m_graph.firstGroup[0], 0});
        if (!root) return std::unexpected(root.error());
        m_graph.root.push_back(*root);
        nameResults(c, firstNode);
    }
    makeQueues();
    for (HoldSite& site : m_graph.holds) findBelow(site);
    orderPools();
    m_graph.onePass = isOnePass();
    return {};
}

std::expected<std::uint32_t, Error> GraphBuilder::walk(std::uint32_t cls, Place root) {
    m_class = cls;
    m_elsewhere.clear();
    m_frames.clear();
    m_children.assign(1, root);
    m_frames.push_back({root, 1, 1});
    if (auto error = open(root)) return std::unexpected(*error);
    while (true) {
        Frame& frame = m_frames.back();
        const std::size_t end = m_children.size();
        while (frame.nextChild < end) {
            if (!known(m_children[frame.nextChild])) break;
            ++frame.nextChild;
        }
        if (frame.nextChild < end) {
            const Place next = m_children[frame.nextChild];
            m_frames.push_back({next, end, end});
            if (auto error = open(next)) return std::unexpected(*error);
            continue;
        }
        const std::uint32_t node = close(frame);
        remember(frame.place, node);
        m_children.resize(frame.firstChild);
        m_frames.pop_back();
        if (m_frames.empty()) return node;
    }
}

std::optional<Error> GraphBuilder::open(Place place) {
    remember(place, kInProgress);
    if (auto error = unsupportedStep(m_model, place.step)) return error;
    if (auto error = outOfReach(place)) return error;
    const Body& body = m_model.steps[place.step].body;
    if (const auto* call = std::get_if<Call>(&body)) {
        openCall(place, call->via, call->entries);
    } else if (const auto* spawn = std::get_if<Spawn>(&body)) {
        openCall(place, spawn->via, spawn->entries);
    } else {
        std::vector<StepId> steps;
        appendChildren(body, steps);
        for (StepId step : steps) m_children.push_back(below(place, std::uint32_t(step), place.group));
    }
    return {};
}

std::optional<Error> GraphBuilder::outOfReach(Place place) const {
    const auto check = [&](std::string_view field, std::string_view array, std::size_t index,
                           FleetId fleet) -> std::optional<Error> {
        std::uint64_t instances = 0;
        for (const Member& member : m_model.fleets[std::size_t(fleet)].members) instances += member.count;
        const std::uint32_t own = m_graph.groups[place.group].fleet;
        if (std::size_t(fleet) == own || instances == 1) return {};
        return Error{
            Error::Invalid, elementName("steps", place.step), std::string(field),
            fmt::format("{}[{}] is in fleet {} of several instances and the step runs in fleet {}: reach it by "
                        "a call",
                        array, index, std::size_t(fleet), own)};
    };
    const Body& body = m_model.steps[place.step].body;
    if (const auto* serve = std::get_if<Serve>(&body)) {
        const auto index = std::size_t(serve->station);
        return check("station", "stations", index, m_model.stations[index].fleet);
    }
    if (const auto* hold = std::get_if<Hold>(&body)) {
        const auto index = std::size_t(hold->pool);
        return check("pool", "pools", index, m_model.pools[index].fleet);
    }
    if (const auto* limit = std::get_if<Limit>(&body)) {
        const auto index = std::size_t(limit->limiter);
        return check("limiter", "limiters", index, m_model.limiters[index].fleet);
    }
    return {};
}

void GraphBuilder::openCall(Place place, BalancerId via, std::span<const EntryId> entries) {
    const Balancer& balancer = m_model.balancers[std::size_t(via)];
    for (std::size_t b = 0; b < balancer.backends.size(); ++b) {
        const auto fleet = std::size_t(balancer.backends[b].fleet);
        const auto root = std::uint32_t(m_model.entries[std::size_t(entries[b])].root);
        for (std::uint32_t g = m_graph.firstGroup[fleet]; g < m_graph.firstGroup[fleet + 1]; ++g)
            if (balancer.backends[b].weight * m_graph.groups[g].weight > 0) m_children.push_back(below(place, root, g));
    }
}

void GraphBuilder::nameResults(std::uint32_t cls, std::size_t firstNode) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> named; // step, node
    for (std::size_t n = firstNode; n < m_graph.nodes.size(); ++n)
        if (m_stepOfNode[n] != kNone) named.emplace_back(m_stepOfNode[n], std::uint32_t(n));
    std::ranges::sort(named);
    std::uint32_t previous = kNone;
    for (const auto& [step, node] : named) {
        if (step != previous) {
            StepResult result{};
            result.cls = ClassId{cls};
            result.step = StepId{step};
            m_graph.results.push_back(result);
        } else {
            m_graph.sharedResults = true;
        }
        previous = step;
        m_graph.nodes[node].result = std::uint32_t(m_graph.results.size() - 1);
    }
}

GraphBuilder::Place GraphBuilder::below(Place from, std::uint32_t step, std::uint32_t group) const {
    const bool round = m_rounds[step].most > 0 && m_rounds[step].cycle == m_rounds[from.step].cycle;
    return {step, group, round ? from.round : 0};
}

std::uint32_t* GraphBuilder::known(Place& child) {
    while (true) {
        std::uint32_t* node = memo(child);
        if (!node || *node != kInProgress) return node;
        ++child.round;
        if (child.round < m_rounds[child.step].most || memo(child)) continue;
        m_graph.cut.push_back(add(NodeKind::Nothing));
        remember(child, m_graph.cut.back());
    }
}

std::uint32_t* GraphBuilder::memo(Place place) {
    Memo& slot = m_memo[place.step];
    if (slot.cls != m_class) return nullptr;
    if (slot.where == whereOf(place)) return &slot.node;
    const auto found = m_elsewhere.find(keyOf(place));
    return found == m_elsewhere.end() ? nullptr : &found->second;
}

void GraphBuilder::remember(Place place, std::uint32_t node) {
    Memo& slot = m_memo[place.step];
    if (slot.cls != m_class) slot = {m_class, node, whereOf(place)};
    if (slot.where == whereOf(place))
        slot.node = node;
    else
        m_elsewhere[keyOf(place)] = node;
}

} // namespace plimsoll::flow
