#include "engine/simulate/timeline.h"

#include "engine/flow/validate.h"
#include "engine/simulate/machine.h"

#include <fmt/format.h>

#include <atomic>
#include <cmath>
#include <mutex>
#include <new>
#include <thread>
#include <utility>

namespace plimsoll::flow {

namespace {

using plimsoll::simulate::Control;
using plimsoll::simulate::FlowTally;
using plimsoll::simulate::Halt;
using plimsoll::simulate::Histogram;
using plimsoll::simulate::Machine;
using plimsoll::simulate::Program;

/// Memory that the strands of all runs under way may take.
constexpr std::size_t kBytes = std::size_t(2) << 30;

Error invalid(std::string field, std::string message) {
    return {Error::Invalid, "timeline", std::move(field), std::move(message)};
}

std::optional<Error> check(const Model& model, const TimelineOptions& timeline) {
    const double length = toSeconds(timeline.length), step = toSeconds(timeline.step);
    if (!(length > 0 && std::isfinite(length)))
        return invalid("length_s", fmt::format("length_s is {}, must be finite and above 0", length));
    if (!(step > 0 && step <= length && length / step <= kMostSteps))
        return invalid("step_s",
                       fmt::format("step_s is {}, must lie in {:.6g} to {:.6g}", step, length / kMostSteps, length));
    if (timeline.runs < 1 || timeline.runs > kMostRuns)
        return invalid("runs", fmt::format("runs is {}, must lie in 1 to {}", timeline.runs, kMostRuns));
    for (std::size_t i = 0; i < timeline.rates.size(); ++i) {
        const RateChange& change = timeline.rates[i];
        const auto field = [i](const char* name) { return fmt::format("rates[{}].{}", i, name); };
        const std::size_t cls = std::to_underlying(change.cls);
        if (cls >= model.classes.size() || !std::holds_alternative<Open>(model.classes[cls].arrivals))
            return invalid(field("class"),
                           fmt::format("class is {}, must be an open one of {}", cls, model.classes.size()));
        if (!(toPerSecond(change.rate) >= 0 && std::isfinite(toPerSecond(change.rate))))
            return invalid(field("rate_per_s"),
                           fmt::format("rate_per_s is {}, must be finite and at least 0", toPerSecond(change.rate)));
        if (!(toSeconds(change.at) >= 0)) return invalid(field("at_s"), "at_s must be at least 0");
    }
    for (std::size_t i = 0; i < timeline.instances.size(); ++i) {
        const InstanceChange& change = timeline.instances[i];
        const auto field = [i](const char* name) { return fmt::format("instances[{}].{}", i, name); };
        const std::size_t fleet = std::to_underlying(change.fleet);
        if (fleet >= model.fleets.size())
            return invalid(field("fleet"),
                           fmt::format("fleet is {}, but there are {} of them", fleet, model.fleets.size()));
        std::uint32_t size = 0;
        for (const Member& member : model.fleets[fleet].members) size += member.count;
        if (change.instance >= size)
            return invalid(field("instance"),
                           fmt::format("instance is {}, but there are {} of them", change.instance, size));
        if (!(toSeconds(change.at) >= 0)) return invalid(field("at_s"), "at_s must be at least 0");
    }
    return std::nullopt;
}

/// Sums over the runs of one step.
struct Sums {
    struct Class {
        std::uint64_t offered = 0, retries = 0;
        std::array<std::uint64_t, plimsoll::simulate::kCauses> failed{};
        double latency = 0;
        Histogram latencies{FlowTally::kBits};
    };
    struct Resource {
        double offered = 0, served = 0, busy = 0, waiting = 0, live = 0;
    };
    std::vector<Class> classes;
    std::vector<Resource> stations, pools, limiters;
    std::vector<double> up;
};

class Series {
public:
    Series(const Program& program, const SolveOptions& options, const TimelineOptions& timeline)
        : m_program(program), m_timeline(timeline), m_loadFactor(options.loadFactor),
          m_steps(std::size_t(std::ceil(toSeconds(timeline.length) / toSeconds(timeline.step) - 1e-9))) {}

    std::size_t steps() const { return m_steps; }
    double endOf(std::size_t step) const {
        return std::min(toSeconds(m_timeline.length), double(step + 1) * toSeconds(m_timeline.step));
    }
    std::expected<std::vector<Sums>, Error> run(std::uint32_t number, const std::stop_token& stop, std::size_t bytes,
                                                const std::function<void()>& stepDone) const;
    TimelinePoint point(std::size_t step, const Sums& sums) const;
    static void add(Sums& to, const Sums& from);

private:
    void prepare(Machine& machine) const;
    Sums take(Machine& machine) const;

    const Program& m_program;
    const TimelineOptions& m_timeline;
    double m_loadFactor;
    std::size_t m_steps;
};

void Series::prepare(Machine& machine) const {
    for (const RateChange& change : m_timeline.rates) {
        const std::uint32_t cls = std::to_underlying(change.cls);
        const double rate = toPerSecond(change.rate) * m_loadFactor / m_program.classes[cls].batch;
        machine.schedule(toSeconds(change.at), {Control::Rate, cls, 0, rate});
    }
    constexpr Control::Kind kKinds[] = {Control::Dies, Control::Recovers, Control::Leaves, Control::Joins};
    for (const InstanceChange& change : m_timeline.instances)
        machine.schedule(toSeconds(change.at), {kKinds[std::to_underlying(change.event)],
                                                std::to_underlying(change.fleet), change.instance, 0});
    machine.prepareOutages(m_timeline.drawFailures);
}

std::expected<std::vector<Sums>, Error> Series::run(std::uint32_t number, const std::stop_token& stop,
                                                    std::size_t bytes, const std::function<void()>& stepDone) const {
    Machine machine(m_program, plimsoll::simulate::seedOf(m_timeline.seed, 1, number), stop);
    machine.limits().bytes = bytes;
    prepare(machine);
    std::vector<Sums> result;
    for (std::size_t step = 0; step < m_steps; ++step) {
        machine.beginWindow();
        const Halt halt = machine.advanceTo(endOf(step));
        if (halt == Halt::Stopped) return std::unexpected(Error{Error::Stopped, "", "", "the simulation was stopped"});
        if (halt == Halt::Memory || halt == Halt::Steps)
            return std::unexpected(Error{Error::Unbounded, "", "",
                                         fmt::format("{} requests, branches and jobs in progress and {} steps done at "
                                                     "{:.6g} s: more than can be simulated",
                                                     machine.liveStrands(), machine.stepsEntered(), machine.now())});
        machine.settle();
        machine.closeBatch();
        result.push_back(take(machine));
        stepDone();
    }
    return result;
}

/// Adds what all instances of a resource counted.
template <class Instances, class Live>
void addInstances(std::vector<Sums::Resource>& to, Instances& all, const std::vector<std::uint32_t>& first, Live live) {
    for (std::size_t i = 0; i + 1 < first.size(); ++i) {
        Sums::Resource sum;
        for (std::uint32_t k = first[i]; k < first[i + 1]; ++k) {
            sum.offered += double(all[k].tally.offered);
            sum.served += double(all[k].tally.served);
            sum.busy += all[k].tally.busyTime;
            sum.waiting += all[k].tally.waitingTime;
            sum.live += live(all[k]);
        }
        to.push_back(sum);
    }
}

Sums Series::take(Machine& machine) const {
    Sums sums;
    for (std::size_t cls = 0; cls < m_program.classes.size(); ++cls) {
        const FlowTally& flow = machine.flow(2 * cls);
        sums.classes.push_back({flow.offered, flow.retries, flow.failed, flow.sum, flow.all});
    }
    const auto none = [](const auto&) { return 0.0; };
    addInstances(sums.stations, machine.stations(), m_program.stationFirst, none);
    addInstances(sums.pools, machine.pools(), m_program.poolFirst,
                 [](const plimsoll::simulate::Pool& pool) { return double(pool.live); });
    addInstances(sums.limiters, machine.limiters(), m_program.limiterFirst, none);
    for (std::uint32_t fleet = 0; fleet < m_program.fleetSizes.size(); ++fleet)
        sums.up.push_back(machine.upInstances(fleet));
    return sums;
}

void Series::add(Sums& to, const Sums& from) {
    for (std::size_t i = 0; i < to.classes.size(); ++i) {
        Sums::Class& sum = to.classes[i];
        const Sums::Class& more = from.classes[i];
        sum.offered += more.offered;
        sum.retries += more.retries;
        for (std::size_t cause = 0; cause < sum.failed.size(); ++cause) sum.failed[cause] += more.failed[cause];
        sum.latency += more.latency;
        sum.latencies.add(more.latencies);
    }
    const auto addAll = [](std::vector<Sums::Resource>& all, const std::vector<Sums::Resource>& more) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            all[i].offered += more[i].offered;
            all[i].served += more[i].served;
            all[i].busy += more[i].busy;
            all[i].waiting += more[i].waiting;
            all[i].live += more[i].live;
        }
    };
    addAll(to.stations, from.stations);
    addAll(to.pools, from.pools);
    addAll(to.limiters, from.limiters);
    for (std::size_t i = 0; i < to.up.size(); ++i) to.up[i] += from.up[i];
}

ClassPoint classPoint(const Sums::Class& sums, double length) {
    ClassPoint point;
    double failed = 0;
    for (const std::uint64_t count : sums.failed) failed += double(count);
    const double succeeded = double(sums.latencies.total()), ended = succeeded + failed;
    point.offered = perSecond(double(sums.offered) / length);
    point.succeeded = perSecond(succeeded / length);
    point.failed = perSecond(failed / length);
    for (std::size_t cause = 0; cause < sums.failed.size(); ++cause)
        if (sums.failed[cause] > 0)
            point.errors.push_back({Cause(cause), Probability{double(sums.failed[cause]) / ended}});
    if (ended > 0) point.attemptsPerRequest = 1 + double(sums.retries) / ended;
    if (succeeded > 0) {
        point.mean = Seconds{sums.latency / succeeded};
        point.p50 = Seconds{sums.latencies.quantile(0.5)};
        point.p99 = Seconds{sums.latencies.quantile(0.99)};
    }
    return point;
}

TimelinePoint Series::point(std::size_t step, const Sums& sums) const {
    TimelinePoint point;
    point.from = Seconds{double(step) * toSeconds(m_timeline.step)};
    const double runs = m_timeline.runs, length = (endOf(step) - toSeconds(point.from)) * runs;
    for (const Sums::Class& cls : sums.classes) point.classes.push_back(classPoint(cls, length));
    const auto resources = [&](std::vector<ResourcePoint>& to, const std::vector<Sums::Resource>& from) {
        for (const Sums::Resource& sum : from)
            to.push_back({perSecond(sum.offered / length), perSecond(sum.served / length), sum.busy / length,
                          sum.waiting / length, sum.live / runs});
    };
    resources(point.stations, sums.stations);
    resources(point.pools, sums.pools);
    resources(point.limiters, sums.limiters);
    for (const double up : sums.up) point.up.push_back(up / runs);
    return point;
}

/// Runs on several threads, added up in the order of their numbers.
class Runs {
public:
    Runs(const Series& series, std::uint32_t count, const std::stop_token& stop, const SimulateRun& run)
        : m_series(series), m_count(count), m_stop(stop), m_run(run) {}

    std::expected<std::vector<Sums>, Error> all() {
        const unsigned cores = m_run.threads > 0 ? m_run.threads : std::max(1u, std::thread::hardware_concurrency());
        const std::uint32_t threads = std::min<std::uint32_t>(cores, m_count);
        {
            std::vector<std::jthread> helpers;
            for (std::uint32_t i = 1; i < threads; ++i) helpers.emplace_back([this] { work(); });
            work();
        }
        if (m_error) return std::unexpected(std::move(*m_error));
        return std::move(m_sums);
    }

private:
    void work() {
        for (std::uint32_t i; (i = m_next++) < m_count && !failed();) {
            std::expected<std::vector<Sums>, Error> done =
                std::unexpected(Error{Error::Unbounded, "", "", "the simulated requests do not fit into memory"});
            try {
                done = m_series.run(i, m_stop, kBytes, [this] { report(); });
            } catch (const std::bad_alloc&) {}
            take(i, std::move(done));
        }
    }
    bool failed() {
        const std::scoped_lock guard(m_mutex);
        return m_error.has_value();
    }
    void take(std::uint32_t number, std::expected<std::vector<Sums>, Error> done) {
        const std::scoped_lock guard(m_mutex);
        if (!done) {
            if (!m_error) m_error = std::move(done).error();
            return;
        }
        m_waiting.emplace(number, std::move(*done));
        for (auto next = m_waiting.find(m_added); next != m_waiting.end(); next = m_waiting.find(m_added)) {
            if (m_added == 0)
                m_sums = std::move(next->second);
            else
                for (std::size_t step = 0; step < m_sums.size(); ++step) Series::add(m_sums[step], next->second[step]);
            m_waiting.erase(next);
            ++m_added;
        }
    }
    void report() {
        const std::scoped_lock guard(m_mutex);
        ++m_stepsDone;
        if (m_run.progress)
            m_run.progress(Probability{double(m_stepsDone) / (double(m_count) * double(m_series.steps()))});
    }

    const Series& m_series;
    std::uint32_t m_count;
    const std::stop_token& m_stop;
    const SimulateRun& m_run;
    std::atomic<std::uint32_t> m_next = 0;
    std::mutex m_mutex; ///< of what follows
    std::optional<Error> m_error;
    std::unordered_map<std::uint32_t, std::vector<Sums>> m_waiting; ///< ended before an earlier one
    std::uint32_t m_added = 0;
    std::uint64_t m_stepsDone = 0; ///< of all runs
    std::vector<Sums> m_sums;
};

} // namespace

std::expected<Timeline, Error> simulateTimeline(const Model& model, const SolveOptions& options,
                                                const TimelineOptions& timeline, std::stop_token stop,
                                                const SimulateRun& run) {
    if (auto checked = validate(model); !checked) return std::unexpected(std::move(checked).error());
    if (auto error = check(model, timeline)) return std::unexpected(std::move(*error));
    const auto program = plimsoll::simulate::compile(model, options, true);
    if (!program) return std::unexpected(program.error());
    const Series series(*program, options, timeline);
    auto sums = Runs(series, timeline.runs, stop, run).all();
    if (!sums) return std::unexpected(std::move(sums).error());
    Timeline result;
    for (std::size_t step = 0; step < sums->size(); ++step) result.points.push_back(series.point(step, (*sums)[step]));
    return result;
}

} // namespace plimsoll::flow
