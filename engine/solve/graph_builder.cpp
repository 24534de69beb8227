#include "engine/solve/graph_builder.h"

#include "engine/distribution/distribution.h"
#include "engine/flow/validate.h"
#include "engine/solve/supported.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace plimsoll::flow {
namespace {

constexpr std::uint32_t kInProgress = kNone - 1;

queueing::ServiceMoments momentsOf(const Distribution& law, double factor) {
    if (law.phases.size() == 1 && law.phases[0].shape == 1 && law.phases[0].offset.count() == 0) {
        const double mean = law.phases[0].scale.count() * factor, square = mean * mean;
        return {mean, 2 * square, 6 * square * mean, 24 * square * square};
    }
    const double square = factor * factor;
    return {distribution::rawMoment(law, 1) * factor, distribution::rawMoment(law, 2) * square,
            distribution::rawMoment(law, 3) * square * factor, distribution::rawMoment(law, 4) * square * square};
}

distribution::Cumulants cumulantsOf(const Distribution& law, double factor) {
    const auto c = law.phases.size() == 1 ? distribution::cumulants(law.phases[0]) : distribution::cumulants(law);
    return {c.mean * factor, c.variance * factor * factor, c.third * factor * factor * factor};
}

std::uint64_t instances(const Fleet& fleet) {
    std::uint64_t total = 0;
    for (const Member& member : fleet.members) total += member.count;
    return total;
}

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

std::expected<void, Error> GraphBuilder::build() {
    makeGroups();
    makeCells();
    m_memo.resize(m_model.steps.size());
    m_graph.nodes.reserve(m_model.steps.size());
    for (std::uint32_t c = 0; c < m_model.classes.size(); ++c) {
        if (auto error = unsupportedClass(m_model, c)) return std::unexpected(*error);
        const std::size_t firstNode = m_graph.nodes.size();
        auto root = walk(c, {std::uint32_t(m_model.classes[c].root), m_graph.firstGroup[0]});
        if (!root) return std::unexpected(root.error());
        m_graph.root.push_back(*root);
        nameResults(c, firstNode);
    }
    return {};
}

std::expected<std::uint32_t, Error> GraphBuilder::walk(std::uint32_t cls, Place root) {
    m_class = cls;
    m_otherGroups.clear();
    m_frames.clear();
    m_children.assign(1, root);
    m_frames.push_back({root, 1, 1});
    if (auto error = open(root)) return std::unexpected(*error);
    while (true) {
        Frame& frame = m_frames.back();
        const std::size_t end = m_children.size();
        while (frame.nextChild < end) {
            const std::uint32_t* known = memo(m_children[frame.nextChild]);
            if (!known) break;
            if (*known == kInProgress)
                return std::unexpected(Error{Error::NotSolvedYet,
                                             elementName("steps", m_children[frame.nextChild].step), "entries",
                                             "a cycle of calls is not solved yet"});
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
    const Body& body = m_model.steps[place.step].body;
    if (const auto* call = std::get_if<Call>(&body)) {
        if (auto error = unsupportedBalancer(m_model, std::size_t(call->via))) return error;
        openCall(*call);
    } else if (const auto* serve = std::get_if<Serve>(&body)) {
        return openServe(place, *serve);
    } else {
        std::vector<StepId> steps;
        appendChildren(body, steps);
        for (StepId step : steps) m_children.push_back({std::uint32_t(step), place.group});
    }
    return {};
}

void GraphBuilder::openCall(const Call& call) {
    const Balancer& balancer = m_model.balancers[std::size_t(call.via)];
    for (std::size_t b = 0; b < balancer.backends.size(); ++b) {
        const auto fleet = std::size_t(balancer.backends[b].fleet);
        const auto root = std::uint32_t(m_model.entries[std::size_t(call.entries[b])].root);
        for (std::uint32_t g = m_graph.firstGroup[fleet]; g < m_graph.firstGroup[fleet + 1]; ++g)
            if (balancer.backends[b].weight * m_graph.groups[g].weight > 0) m_children.push_back({root, g});
    }
}

std::optional<Error> GraphBuilder::openServe(Place place, const Serve& serve) {
    const auto station = std::size_t(serve.station);
    if (auto error = unsupportedStation(m_model, station)) return error;
    const auto fleet = std::size_t(m_model.stations[station].fleet);
    if (fleet == m_graph.groups[place.group].fleet || instances(m_model.fleets[fleet]) == 1) return {};
    return Error{Error::Invalid, elementName("steps", place.step), "station",
                 fmt::format("stations[{}] is in fleet {} of several instances and the step runs in fleet {}: reach it "
                             "by a call",
                             station, fleet, m_graph.groups[place.group].fleet)};
}

std::uint32_t GraphBuilder::close(const Frame& frame) {
    m_childNodes.clear();
    for (std::size_t i = frame.firstChild; i < m_children.size(); ++i) m_childNodes.push_back(*memo(m_children[i]));
    const std::span<const std::uint32_t> children = m_childNodes;
    const Body& body = m_model.steps[frame.place.step].body;
    std::uint32_t node = kNone;
    if (const auto* serve = std::get_if<Serve>(&body)) {
        node = closeServe(frame.place, *serve);
    } else if (const auto* delay = std::get_if<Delay>(&body)) {
        node = addDelay(delay->duration);
    } else if (const auto* fail = std::get_if<Fail>(&body)) {
        node = add(NodeKind::Fail, fail->probability.value);
        m_graph.nodes[node].cause = fail->cause;
        m_graph.failNodes.push_back(node);
    } else if (const auto* call = std::get_if<Call>(&body)) {
        node = closeCall(*call, children);
    } else if (const auto* repeat = std::get_if<Repeat>(&body)) {
        node = repeated(children[0], repeat->count);
    } else if (const auto* choice = std::get_if<Choice>(&body)) {
        node = addWithChildren(NodeKind::Mixture, children);
        for (std::size_t i = 0; i < children.size(); ++i)
            m_graph.edges[m_graph.nodes[node].firstEdge + i].weight = choice->branches[i].probability.value;
    } else if (const auto* lookup = std::get_if<Lookup>(&body)) {
        const double hit = m_model.caches[std::size_t(lookup->cache)].fixedHitRatio->value;
        node = addWithChildren(NodeKind::Mixture, children);
        m_graph.edges[m_graph.nodes[node].firstEdge].weight = hit;
        m_graph.edges[m_graph.nodes[node].firstEdge + 1].weight = 1 - hit;
    } else { // Sequence, Invalidate, and what has one body that runs once
        node = addWithChildren(NodeKind::Product, children);
    }
    m_stepOfNode[node] = frame.place.step;
    return node;
}

std::uint32_t GraphBuilder::closeCall(const Call& call, std::span<const std::uint32_t> children) {
    const std::uint32_t picked = addWithChildren(NodeKind::Mixture, children, 0, false);
    Pick pick{picked, std::uint32_t(m_graph.pickTargets.size()), 0};
    const Balancer& balancer = m_model.balancers[std::size_t(call.via)];
    for (const Backend& backend : balancer.backends) {
        const auto fleet = std::size_t(backend.fleet);
        for (std::uint32_t g = m_graph.firstGroup[fleet]; g < m_graph.firstGroup[fleet + 1]; ++g) {
            const double weight = backend.weight * m_graph.groups[g].weight;
            if (weight > 0) m_graph.pickTargets.push_back({g, weight});
        }
    }
    pick.targets = std::uint32_t(m_graph.pickTargets.size()) - pick.firstTarget;
    m_graph.picks.push_back(pick);
    return call.count == 1 ? picked : repeated(picked, call.count);
}

std::uint32_t GraphBuilder::closeServe(Place place, const Serve& serve) {
    const auto station = std::size_t(serve.station);
    const auto fleet = std::size_t(m_model.stations[station].fleet);
    const bool own = fleet == m_graph.groups[place.group].fleet;
    const std::uint32_t group = own ? place.group : m_graph.firstGroup[fleet];
    const std::uint32_t cell = m_graph.firstCell[station] + group - m_graph.firstGroup[fleet];
    const std::uint32_t node = add(NodeKind::Serve);
    Visit visit{cell, &serve.demand, 1 / m_graph.groups[group].speed, {}, {}};
    visit.moments = momentsOf(serve.demand, visit.factor);
    visit.cumulants = cumulantsOf(serve.demand, visit.factor);
    noteDemand(m_graph.cells[cell], visit);
    m_graph.nodes[node].own = own;
    m_graph.nodes[node].visit = std::uint32_t(m_graph.visits.size());
    addVisit(visit);
    return node;
}

void GraphBuilder::noteDemand(Cell& cell, const Visit& visit) {
    constexpr double kEqual = 1e-12; // relative: two ways of writing one mean
    auto& first = m_cellDemand[visit.cell];
    if (!first) first = visit;
    const double mean = first->moments.first;
    const bool same = std::abs(visit.moments.first - mean) <= kEqual * mean;
    cell.visited = true;
    cell.exponential = cell.exponential && same && distribution::isExponential(*visit.law);
    cell.constant = cell.constant && same && distribution::isConstant(*visit.law);
}

std::uint32_t GraphBuilder::add(NodeKind kind, double amount) {
    Node node;
    node.kind = kind;
    node.cls = m_class;
    node.amount = amount;
    m_graph.nodes.push_back(node);
    m_stepOfNode.push_back(kNone);
    return std::uint32_t(m_graph.nodes.size() - 1);
}

std::uint32_t GraphBuilder::addDelay(const Distribution& law) {
    const std::uint32_t node = add(NodeKind::Delay);
    m_graph.nodes[node].visit = std::uint32_t(m_graph.visits.size());
    addVisit({kNone, &law, 1, momentsOf(law, 1), cumulantsOf(law, 1)});
    return node;
}

void GraphBuilder::addVisit(const Visit& visit) {
    m_graph.visits.push_back(visit);
    m_graph.visitCell.push_back(visit.cell);
    m_graph.visitMean.push_back(visit.moments.first);
}

std::uint32_t GraphBuilder::addWithChildren(NodeKind kind, std::span<const std::uint32_t> children, double amount,
                                            bool sameInstance) {
    const std::uint32_t node = add(kind, amount);
    m_graph.nodes[node].firstEdge = std::uint32_t(m_graph.edges.size());
    m_graph.nodes[node].edges = std::uint32_t(children.size());
    for (std::uint32_t child : children) m_graph.edges.push_back({child, 1, sameInstance});
    return node;
}

std::uint32_t GraphBuilder::repeated(std::uint32_t body, double count) {
    const double whole = std::floor(count), fraction = count - whole;
    std::vector<std::uint32_t> parts;
    if (whole > 0) parts.push_back(addWithChildren(NodeKind::Power, std::array{body}, whole));
    if (fraction > 0) {
        const std::uint32_t mixed = addWithChildren(NodeKind::Mixture, std::array{body, add(NodeKind::Nothing)});
        m_graph.edges[m_graph.nodes[mixed].firstEdge].weight = fraction;
        m_graph.edges[m_graph.nodes[mixed].firstEdge + 1].weight = 1 - fraction;
        parts.push_back(mixed);
    }
    return parts.size() == 1 ? parts[0] : addWithChildren(NodeKind::Product, parts);
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

std::uint32_t* GraphBuilder::memo(Place place) {
    Memo& slot = m_memo[place.step];
    if (slot.cls == m_class && slot.group == place.group) return &slot.node;
    if (slot.cls != m_class) return nullptr;
    const auto found = m_otherGroups.find((std::uint64_t(place.step) << 32) | place.group);
    return found == m_otherGroups.end() ? nullptr : &found->second;
}

void GraphBuilder::remember(Place place, std::uint32_t node) {
    Memo& slot = m_memo[place.step];
    if (slot.cls != m_class) slot = {m_class, place.group, node};
    if (slot.group == place.group)
        slot.node = node;
    else
        m_otherGroups[(std::uint64_t(place.step) << 32) | place.group] = node;
}

} // namespace plimsoll::flow
