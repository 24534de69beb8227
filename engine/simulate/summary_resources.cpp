// Stations, pools and limiters: the figures of the busiest instances, and which of them grow.
#include "engine/simulate/summary.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace plimsoll::simulate {

namespace {

const flow::Method kSimulated{"simulation", flow::Exactness::Simulated};

/// A random walk of n steps, arrivals less departures, strays by about sqrt(2 n); so many times that is growth.
constexpr double kStray = 4;
constexpr double kRootOfTwo = 1.4142135623730951;

/// An instance whose queue grows is shown before any other.
constexpr double kGrowing = std::numeric_limits<double>::infinity();

double ratio(double a, double b) {
    return b > 0 ? a / b : 0;
}

/// An instance of a resource at the end.
struct Seen {
    const ResourceTally& tally;
    double waiting;
};

/// Tells the growth of the resource that was added last, where it has any.
void noteGrowth(const char* kind, const std::vector<flow::ResourceResult>& results, const ResourceTotal& total,
                std::uint32_t instances, flow::Solution& solution) {
    const flow::ResourceResult& result = results.back();
    if (!(toPerSecond(result.growth) > 0)) return;
    const std::string what =
        instances == 1 ? "its queue grows"
        : total.instances == 1
            ? fmt::format("the queue of one of its {} instances grows", instances)
            : fmt::format("the queues of {} of its {} instances grow, each", total.instances, instances);
    solution.problems.push_back(
        {flow::Severity::Warning, "overloaded", fmt::format("{}[{}]", kind, results.size() - 1), "wait",
         fmt::format("offered {:.4g} times what it can do: {} by {:.4g}/s, so there is no wait to tell", result.demand,
                     what, toPerSecond(result.growth))});
}

} // namespace

void ResourceTotal::add(const ResourceTally& tally, double waitingNow, double seconds) {
    length += seconds;
    offered += double(tally.offered);
    served += double(tally.served);
    work += tally.work;
    busyTime += tally.busyTime;
    waitingTime += tally.waitingTime;
    liveTime += tally.liveTime;
    boots += double(tally.boots);
    cold += double(tally.cold);
    waits += double(tally.waits);
    waitSum += tally.waitSum;
    waitSquares += tally.waitSquares;
    queueGrowth += waitingNow - tally.waitingAtStart;
    waitCounts.add(tally.waitCounts);
    std::vector<BatchShare>& row = waitBatches.back();
    row.resize(tally.waitBatches.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
        row[i].value += tally.waitBatches[i].value;
        row[i].weight += tally.waitBatches[i].weight;
    }
}

/// The mean over instances that are alike, of those the busiest; where a queue grows, of those the one that does. The
/// busiest instance itself would be the one that luck made so.
template <class At> ResourceTotal Summary::busiest(flow::FleetId fleet, std::uint32_t first,
                                                   double ResourceTotal::* load, bool mayGrow, std::uint8_t& growing,
                                                   At at) const {
    ResourceTotal best;
    double most = -1;
    for (const std::vector<std::uint32_t>& group : m_program.alike[std::size_t(fleet)]) {
        ResourceTotal total;
        total.instances = group.size();
        for (const auto& machine : m_machines) {
            total.waitBatches.emplace_back();
            for (const std::uint32_t k : group) {
                const auto& [tally, waiting] = at(*machine, first + k);
                total.add(tally, waiting, machine->windowLength());
            }
        }
        const bool grew = mayGrow && grows(total);
        if (grew) growing = 1;
        const double mean = grew ? kGrowing : ratio(total.*load, total.length);
        if (mean <= most) continue;
        most = mean;
        best = std::move(total);
    }
    return best;
}

bool Summary::grows(const ResourceTotal& total) const {
    return total.queueGrowth > kStray * kRootOfTwo * std::sqrt(total.offered + 1);
}

bool Summary::isOverloaded(const ResourceTotal& total, double demand) const {
    return demand > 1 + kStray * kRootOfTwo / std::sqrt(total.offered + 1);
}

void Summary::resources(flow::Solution& solution) {
    m_stationGrows.resize(m_program.stationPlans.size());
    m_poolGrows.resize(m_program.poolPlans.size());
    m_limiterGrows.resize(m_program.limiterPlans.size());
    for (std::size_t i = 0; i < m_stationGrows.size(); ++i) station(i, solution);
    for (std::size_t i = 0; i < m_poolGrows.size(); ++i) pool(i, solution);
    for (std::size_t i = 0; i < m_limiterGrows.size(); ++i) limiter(i, solution);
}

std::optional<flow::Latency> Summary::waits(const ResourceTotal& total) const {
    if (total.waits == 0) return std::nullopt;
    flow::Latency wait;
    const double mean = total.waitSum / total.waits;
    wait.mean = Seconds{mean};
    wait.scv = mean > 0 ? std::max(0.0, total.waitSquares / total.waits / (mean * mean) - 1) : 0;
    wait.method = kSimulated;
    wait.meanInterval = around(mean, margins(total.waitBatches));
    if (m_distributions)
        for (std::size_t i = 0; i < flow::kLevels.size(); ++i)
            wait.quantile[i] = Seconds{total.waitCounts.quantile(flow::kLevels[i])};
    return wait;
}

flow::ResourceResult Summary::result(const ResourceTotal& total, double capacity, double demand) {
    flow::ResourceResult result;
    result.offered = perSecond(ratio(total.offered, total.length));
    result.carried = perSecond(ratio(total.served, total.length));
    result.utilisation = Probability{std::min(1.0, ratio(total.busyTime, total.length * capacity))};
    result.demand = demand;
    result.meanWaiting = ratio(total.waitingTime, total.length);
    result.method = kSimulated;
    m_overloaded = m_overloaded || isOverloaded(total, demand);
    if (grows(total))
        result.growth = perSecond(ratio(total.queueGrowth, total.length));
    else
        result.wait = waits(total);
    return result;
}

void Summary::station(std::size_t index, flow::Solution& solution) {
    const StationPlan& plan = m_program.stationPlans[index];
    const std::uint32_t first = m_program.stationFirst[index], end = m_program.stationFirst[index + 1];
    const bool endless = plan.kind == StationKind::Delay;
    ResourceTotal total =
        busiest(m_model.stations[index].fleet, first, &ResourceTotal::busyTime, plan.places == kNone && !endless,
                m_stationGrows[index], [](Machine& machine, std::uint32_t k) {
                    const Station& station = machine.stations()[k];
                    return Seen{station.tally, double(station.waiting())};
                });
    const double demand = endless ? 0 : ratio(total.work, total.length * plan.capacity);
    if (endless) total.busyTime = 0;
    solution.stations.push_back(result(total, endless ? 1 : double(plan.servers), demand));
    noteGrowth("stations", solution.stations, total, end - first, solution);
    m_overloaded = m_overloaded || m_stationGrows[index];
}

void Summary::pool(std::size_t index, flow::Solution& solution) {
    const PoolPlan& plan = m_program.poolPlans[index];
    const std::uint32_t first = m_program.poolFirst[index], end = m_program.poolFirst[index + 1];
    const ResourceTotal total =
        busiest(m_model.pools[index].fleet, first, &ResourceTotal::busyTime, plan.queueLimit == kNone,
                m_poolGrows[index], [](Machine& machine, std::uint32_t k) {
                    const Pool& pool = machine.pools()[k];
                    return Seen{pool.tally, double(pool.queue.size())};
                });
    // What the tokens would be asked for if every one who asks held one as long as those who got one did.
    const double holding = ratio(total.busyTime, total.served);
    const double demand = ratio(total.offered * holding, total.length * plan.tokens);
    solution.pools.push_back(result(total, plan.tokens, demand));
    noteGrowth("pools", solution.pools, total, end - first, solution);
    solution.onDemand.emplace_back();
    if (plan.onDemand)
        solution.onDemand.back() = flow::OnDemandResult{
            ratio(total.busyTime, total.length), ratio(total.liveTime, total.length),
            Probability{std::min(1.0, ratio(total.cold, total.served))}, perSecond(ratio(total.boots, total.length))};
    m_overloaded = m_overloaded || m_poolGrows[index];
}

void Summary::limiter(std::size_t index, flow::Solution& solution) {
    const LimiterPlan& plan = m_program.limiterPlans[index];
    const std::uint32_t first = m_program.limiterFirst[index], end = m_program.limiterFirst[index + 1];
    ResourceTotal total = busiest(m_model.limiters[index].fleet, first, &ResourceTotal::offered, true,
                                  m_limiterGrows[index], [](Machine& machine, std::uint32_t k) {
                                      const LimiterInstance& limiter = machine.limiters()[k];
                                      return Seen{limiter.tally, double(limiter.waiting)};
                                  });
    total.busyTime = total.served; // utilisation is what passes over what may pass
    solution.limiters.push_back(result(total, plan.rate, ratio(total.offered, total.length * plan.rate)));
    noteGrowth("limiters", solution.limiters, total, end - first, solution);
    m_overloaded = m_overloaded || m_limiterGrows[index];
}

/// A step is unsteady where its own resource grows, or one below it that it waits for: not what it spawns.
void Summary::findUnsteadySteps() {
    const auto& ops = m_program.ops;
    m_stepGrows.assign(ops.size(), 0);
    const auto resourceGrows = [](const std::vector<std::uint32_t>& first, const std::vector<std::uint8_t>& growing,
                                  std::uint32_t instance) {
        for (std::size_t i = 0; i < growing.size(); ++i)
            if (growing[i] && first[i] <= instance && instance < first[i + 1]) return true;
        return false;
    };
    for (std::size_t i = 0; i < ops.size(); ++i) {
        if (ops[i].kind == OpKind::Serve)
            m_stepGrows[i] = resourceGrows(m_program.stationFirst, m_stationGrows, ops[i].resource);
        else if (ops[i].kind == OpKind::Hold)
            m_stepGrows[i] = resourceGrows(m_program.poolFirst, m_poolGrows, ops[i].resource);
        else if (ops[i].kind == OpKind::Limit)
            m_stepGrows[i] = resourceGrows(m_program.limiterFirst, m_limiterGrows, ops[i].resource);
    }
    for (bool changed = m_overloaded; changed;) {
        changed = false;
        for (std::size_t i = 0; i < ops.size(); ++i)
            if (!m_stepGrows[i] && growsBelow(i)) {
                m_stepGrows[i] = 1;
                changed = true;
            }
    }
}

bool Summary::growsBelow(std::size_t step) const {
    const Op& op = m_program.ops[step];
    const auto any = [&](const auto& table, auto place) {
        for (std::uint32_t i = op.first; i < op.first + op.count; ++i)
            if (m_stepGrows[place(table[i])]) return true;
        return false;
    };
    switch (op.kind) {
    case OpKind::Sequence:
    case OpKind::Parallel: return any(m_program.children, [](std::uint32_t child) { return child; });
    case OpKind::Choice: return any(m_program.branches, [](const auto& branch) { return branch.second; });
    case OpKind::Call:
    case OpKind::FanOut: return any(m_program.targets, [](const TargetEntry& entry) { return entry.root; });
    case OpKind::Lookup:
    case OpKind::Attempt: return m_stepGrows[op.next] || (op.other != kNone && m_stepGrows[op.other]);
    case OpKind::Repeat:
    case OpKind::Hold:
    case OpKind::Timeout: return m_stepGrows[op.next];
    default: return false;
    }
}

/// The flow itself came to a resource that grows.
bool Summary::flowGrows(std::size_t flow) const {
    if (!m_overloaded) return false;
    for (std::size_t i = 0; i < m_program.steps; ++i) {
        const OpKind kind = m_program.ops[i].kind;
        if (kind != OpKind::Serve && kind != OpKind::Hold && kind != OpKind::Limit) continue;
        if (m_stepGrows[i] == 0) continue;
        for (const auto& machine : m_machines)
            if (machine->step(flow, i).entered > 0) return true;
    }
    return false;
}

} // namespace plimsoll::simulate
