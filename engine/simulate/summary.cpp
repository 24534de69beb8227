#include "engine/simulate/summary.h"

#include "engine/simulate/interval.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <utility>

namespace plimsoll::simulate {

namespace {

const flow::Method kSimulated{"simulation", flow::Exactness::Simulated};
constexpr std::size_t kCurvePoints = 200;

} // namespace

std::optional<flow::Interval> around(double value, Margins margins) {
    if (!std::isfinite(margins.below) || !std::isfinite(margins.above)) return std::nullopt;
    return flow::Interval{std::max(0.0, value - margins.below), value + margins.above};
}

Summary::Summary(const flow::Model& model, const Program& program, Replications& replications)
    : m_model(model), m_program(program), m_machines(replications.machines()), m_endedEarly(replications.endedEarly()) {
    for (const auto& machine : m_machines) {
        machine->settle();
        m_length += machine->windowLength();
    }
}

std::expected<flow::Solution, flow::Error> Summary::solution(bool distributions) {
    flow::Solution solution;
    m_distributions = distributions;
    std::uint64_t arrivals = 0;
    for (const auto& machine : m_machines) arrivals += machine->arrivals();
    if (m_length <= 0 && arrivals > 0)
        return std::unexpected(flow::Error{flow::Error::Unbounded, "", "",
                                           fmt::format("{} requests arrive and no time passes", arrivals)});
    resources(solution);
    findUnsteadySteps();
    classes(solution);
    caches(solution);
    steps(solution);
    if (m_overloaded) solution.regime = flow::Regime::Overloaded;
    if (m_endedEarly && m_overloaded)
        solution.problems.push_back({flow::Severity::Hint, "ended_early", "", "",
                                     "the simulation ended before its last request: a queue grows for ever"});
    solution.problems.push_back({flow::Severity::Hint, "not_simulated", "", "",
                                 "saturation factors and strengths are not simulated: solve the model for them"});
    return solution;
}

void Summary::classes(flow::Solution& solution) {
    for (std::size_t cls = 0; cls < m_program.classes.size(); ++cls)
        solution.classes.push_back(classResult(cls, solution));
}

flow::ClassResult Summary::classResult(std::size_t cls, flow::Solution& solution) {
    std::uint64_t offered = 0, succeeded = 0, retries = 0, failures = 0;
    std::array<std::uint64_t, kCauses> failed{};
    for (const auto& machine : m_machines) {
        const FlowTally& flow = machine->flow(2 * cls);
        offered += flow.offered;
        succeeded += flow.all.total();
        retries += flow.retries;
        for (std::size_t cause = 0; cause < kCauses; ++cause) failed[cause] += flow.failed[cause];
    }
    for (const std::uint64_t count : failed) failures += count;
    flow::ClassResult result;
    const std::uint64_t ended = succeeded + failures;
    const double length = m_length > 0 ? m_length : 1;
    result.offered = perSecond(double(offered) / length);
    result.succeeded = perSecond(double(succeeded) / length);
    for (std::size_t cause = 0; cause < kCauses; ++cause)
        if (failed[cause] > 0)
            result.errors.push_back({flow::Cause(cause), Probability{double(failed[cause]) / double(ended)}});
    if (ended > 0) result.attemptsPerRequest = 1 + double(retries) / double(ended);
    const std::string element = fmt::format("classes[{}]", cls), &name = m_model.classes[cls].name;
    if (flowGrows(2 * cls))
        solution.problems.push_back({flow::Severity::Warning, "no_steady_state", element, "latency",
                                     "a queue on its way grows, so its latency has no steady value"});
    else if (succeeded == 0)
        solution.problems.push_back({flow::Severity::Warning, "no_success", element, "latency",
                                     fmt::format("no request of {} succeeded among {}", name, ended)});
    else
        result.latency = latency(2 * cls);
    if (!flowGrows(2 * cls + 1)) result.jobs = latency(2 * cls + 1);
    return result;
}

Margins Summary::meanMargins(std::size_t flow) const {
    std::vector<std::vector<BatchShare>> shares;
    for (const auto& machine : m_machines) {
        std::vector<BatchShare>& row = shares.emplace_back();
        for (const Batch& batch : machine->flow(flow).batches)
            row.push_back({batch.sum, double(batch.latencies.total())});
    }
    return margins(shares);
}

/// Of the share of the latencies up to `value`.
Margins Summary::shareMargins(std::size_t flow, double value) const {
    std::vector<std::vector<BatchShare>> shares;
    for (const auto& machine : m_machines) {
        std::vector<BatchShare>& row = shares.emplace_back();
        for (const Batch& batch : machine->flow(flow).batches) {
            const double total = double(batch.latencies.total());
            row.push_back({total * batch.latencies.shareUpTo(value), total});
        }
    }
    return margins(shares);
}

double Summary::worstPrecision() const {
    double worst = 0;
    for (std::size_t cls = 0; cls < m_program.classes.size(); ++cls) {
        double sum = 0, count = 0;
        for (const auto& machine : m_machines) {
            sum += machine->flow(2 * cls).sum;
            count += double(machine->flow(2 * cls).all.total());
        }
        const ClassPlan& plan = m_program.classes[cls];
        if (plan.closed ? plan.users == 0 : plan.rate <= 0) continue;
        const double unknown = count > 0 ? 0.0 : std::numeric_limits<double>::infinity();
        const Margins mean = sum > 0 ? meanMargins(2 * cls) : Margins{};
        worst = std::max(worst, sum > 0 ? std::max(mean.below, mean.above) * count / sum : unknown);
    }
    return worst;
}

std::optional<flow::Latency> Summary::latency(std::size_t flow) const {
    Histogram all(FlowTally::kBits);
    double sum = 0, squares = 0;
    for (const auto& machine : m_machines) {
        const FlowTally& tally = machine->flow(flow);
        all.add(tally.all);
        sum += tally.sum;
        squares += tally.squares;
    }
    if (all.total() == 0) return std::nullopt;
    const double n = double(all.total()), mean = sum / n;
    flow::Latency result;
    result.mean = Seconds{mean};
    result.scv = mean > 0 ? std::max(0.0, squares / n / (mean * mean) - 1) : 0;
    result.method = kSimulated;
    result.meanInterval = around(mean, meanMargins(flow));
    if (m_distributions) fillQuantiles(flow, all, result);
    return result;
}

/// Quantiles of all latencies; their intervals from those of the share below the quantile, read off the same counts,
/// out to the edges of the buckets there: a latency may lie anywhere in its bucket.
void Summary::fillQuantiles(std::size_t flow, const Histogram& all, flow::Latency& result) const {
    double largest = 0;
    for (const auto& machine : m_machines) largest = std::max(largest, machine->flow(flow).largest);
    const auto at = [&](double share) { return std::min(all.quantile(share), largest); };
    if (result.meanInterval) result.quantileInterval.emplace();
    for (std::size_t i = 0; i < flow::kLevels.size(); ++i) {
        const double level = flow::kLevels[i], value = at(level);
        result.quantile[i] = Seconds{value};
        if (!result.quantileInterval) continue;
        // The counts up to the true quantile are its level, but for what a run of this length strays.
        const Margins share = shareMargins(flow, value);
        const double lowest = level - share.above, highest = level + share.below;
        const double low = all.bucketAt(std::max(lowest, 0.0)).low;
        const double high = highest < 1 ? all.bucketAt(highest).high : largest;
        (*result.quantileInterval)[i] = {std::min(low, largest), std::min(high, largest)};
    }
    result.cdf.reserve(kCurvePoints);
    for (std::size_t i = 0; i < kCurvePoints; ++i) {
        const double share = (double(i) + 0.5) / double(kCurvePoints);
        result.cdf.emplace_back(Seconds{at(share)}, Probability{share});
    }
}

void Summary::caches(flow::Solution& solution) {
    for (std::size_t cache = 0; cache < m_program.caches.size(); ++cache) {
        flow::CacheResult result;
        CacheTally all;
        for (std::size_t cls = 0; cls < m_program.classes.size(); ++cls) {
            CacheTally tally;
            for (const auto& machine : m_machines) {
                tally.lookups += machine->cache(cache, cls).lookups;
                tally.hits += machine->cache(cache, cls).hits;
            }
            all.lookups += tally.lookups;
            all.hits += tally.hits;
            result.hitRatioByClass.push_back(
                Probability{tally.lookups > 0 ? double(tally.hits) / double(tally.lookups) : 0.0});
        }
        result.hitRatio = Probability{all.lookups > 0 ? double(all.hits) / double(all.lookups) : 0.0};
        result.method = kSimulated;
        solution.caches.push_back(std::move(result));
    }
}

void Summary::steps(flow::Solution& solution) {
    for (std::size_t cls = 0; cls < m_program.classes.size(); ++cls)
        for (std::size_t step = 0; step < m_program.steps; ++step) {
            StepTally sum;
            for (const auto& machine : m_machines)
                for (std::size_t flow = 2 * cls; flow < 2 * cls + 2; ++flow) {
                    const StepTally& tally = machine->step(flow, step);
                    sum.entered += tally.entered;
                    sum.left += tally.left;
                    sum.succeeded += tally.succeeded;
                    sum.inclusive += tally.inclusive;
                    sum.own += tally.own;
                    sum.ownSquares += tally.ownSquares;
                }
            if (sum.entered == 0) continue;
            flow::StepResult result{flow::ClassId(cls), flow::StepId(step), perSecond(double(sum.entered) / m_length),
                                    perSecond(double(sum.succeeded) / m_length)};
            result.steady = m_stepGrows[step] == 0;
            if (result.steady && sum.left > 0) {
                const double n = double(sum.left), own = sum.own / n;
                result.inclusive = Seconds{sum.inclusive / n};
                result.own = Seconds{own};
                result.ownVariance_s2 = std::max(0.0, sum.ownSquares / n - own * own);
            }
            solution.steps.push_back(result);
        }
}

} // namespace plimsoll::simulate
