#include "engine/simulate/replications.h"

#include <fmt/format.h>

#include <atomic>
#include <cmath>
#include <new>
#include <thread>

namespace plimsoll::simulate {

namespace {

// A replication is long enough to outlast its warm-up ten times, and short enough that there are several for the cores.
constexpr std::uint64_t kRequestsPerReplication = 125'000, kMostReplications = 16;
constexpr std::uint64_t kBatches = 32, kLeastBatches = 64, kFewestPerBatch = 20;
/// A closed class without think time cycles about so fast, in seconds, for all that is known beforehand.
constexpr double kShortestCycle = 1e-3;
constexpr std::uint64_t kWarmUpShare = 10, kLeastWarmUp = 10'000;
/// So many requests waiting in queues without limit, beyond those of users, show a queue that grows.
constexpr std::size_t kBacklog = 50'000;
/// Warm-up lasts at least so many times the longest memory of the model, but not for more than so many times the
/// requests.
constexpr double kMemories = 1.25;
constexpr std::uint64_t kMostWarmUps = 20;

} // namespace

Division::Division(std::uint64_t requests, const Program& program) {
    // Requests that arrive while the model forgets how it began: warm-ups together are to take a share of the run only.
    double rate = 0;
    for (const ClassPlan& cls : program.classes) {
        const double cycle = std::max(cls.think.mean_s(), kShortestCycle);
        rate += cls.closed ? cls.users / cycle : cls.rate * cls.batch;
    }
    const double forgetting = std::max(1.0, rate * kMemories * program.longestMemory);
    const double affordable = double(requests) / double(kWarmUpShare) / forgetting;
    const std::uint64_t most = affordable < double(kMostReplications) ? std::uint64_t(affordable) : kMostReplications;
    replications = std::clamp<std::uint64_t>(std::min(requests / kRequestsPerReplication, most), 1, kMostReplications);
    const std::uint64_t each = std::max<std::uint64_t>(1, (requests + replications - 1) / replications);
    batches = std::clamp<std::uint64_t>(each / kFewestPerBatch, 1, std::max(kBatches, kLeastBatches / replications));
    perBatch = (each + batches - 1) / batches;
    warmUp = std::max(each / kWarmUpShare, std::min(each, kLeastWarmUp));
    const double longest = std::min(forgetting, double(kMostWarmUps * (warmUp + counted())));
    wholeWarmUp = std::max(warmUp, std::uint64_t(longest));
}

Replications::Replications(const Program& program, const flow::SimulateOptions& simulation,
                           const flow::SimulateRun& run, std::stop_token stop)
    : m_program(program), m_simulation(simulation), m_run(run), m_stop(std::move(stop)),
      m_division(simulation.requests, program), m_machines(m_division.replications),
      m_batchesDone(m_division.replications), m_ended(m_division.replications) {}

std::expected<void, flow::Error> Replications::runTo(std::uint64_t batch) {
    const unsigned cores = m_run.threads > 0 ? m_run.threads : std::max(1u, std::thread::hardware_concurrency());
    const std::size_t threads = std::min<std::size_t>(cores, m_machines.size());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i; (i = next++) < m_machines.size();) {
            try {
                runOne(i, batch);
            } catch (const std::bad_alloc&) {
                fail({flow::Error::Unbounded, "", "", "the simulated requests do not fit into memory"});
            }
        }
    };
    {
        std::vector<std::jthread> helpers;
        for (std::size_t i = 1; i < threads; ++i) helpers.emplace_back(work);
        work();
    }
    if (m_error) return std::unexpected(*m_error);
    return {};
}

void Replications::fail(flow::Error error) {
    const std::scoped_lock guard(m_mutex);
    if (!m_error) m_error = std::move(error);
}

void Replications::report(std::uint64_t requests) {
    const std::scoped_lock guard(m_mutex);
    m_requestsDone += requests;
    if (!m_run.progress) return;
    const double all = double(m_division.replications) * double(m_division.wholeWarmUp + m_division.counted());
    m_run.progress(Probability{std::min(1.0, double(m_requestsDone) / all)});
}

/// Runs a machine on, and decides what it means if it halts: No, or the reason to end the replication here.
Halt Replications::advance(Machine& machine, std::uint64_t arrivals) {
    for (;;) {
        const Halt halt = machine.advance(arrivals);
        if (halt != Halt::Backlog) return halt;
        if (machine.waitingWithoutLimit() >= machine.strandsAtWork() / 2) return halt;
        if (machine.bytes() > machine.limits().bytes) return Halt::Memory;
        machine.limits().strands *= 2;
    }
}

/// Tells its progress step by step; how long it will last is known roughly, and what is left of that is told at the end.
void Replications::warmUp(Machine& machine) {
    const double until = kMemories * m_program.longestMemory;
    const std::uint64_t least = m_division.warmUp, most = kMostWarmUps * (least + m_division.counted());
    const std::uint64_t step = std::max<std::uint64_t>(1, least / kWarmUpShare);
    const auto goesOn = [&] { return machine.arrivals() < least || (machine.now() < until && machine.arrivals() < most); };
    Halt halt = Halt::No;
    for (std::uint64_t told = 0; halt == Halt::No && goesOn();) {
        const std::uint64_t before = machine.arrivals();
        halt = advance(machine, before < least ? std::min(least, before + step) : before + step);
        if (halt == Halt::Stopped) return;
        const std::uint64_t tells = std::min(machine.arrivals(), m_division.wholeWarmUp);
        const bool ends = halt != Halt::No || !goesOn();
        report((ends ? m_division.wholeWarmUp : tells) - told);
        told = tells;
    }
    if (halt == Halt::Backlog) machine.limits().strands *= 2; // the window sees how fast it grows
}

void Replications::runOne(std::size_t replication, std::uint64_t batch) {
    if (m_ended[replication]) return;
    auto& machine = m_machines[replication];
    if (!machine) {
        machine = std::make_unique<Machine>(m_program, seedOf(m_simulation.seed, 0, replication), m_stop);
        std::size_t users = 0;
        for (const ClassPlan& cls : m_program.classes) users += cls.users;
        machine->limits().strands = kBacklog + 2 * users;
        machine->limits().bytes = m_run.bytes / m_machines.size();
        machine->limits().stepsPerRequest = m_run.stepsPerRequest;
        warmUp(*machine);
        machine->beginWindow();
    }
    const std::uint64_t began = machine->arrivalsBeforeWindow();
    std::uint64_t& done = m_batchesDone[replication];
    while (done < batch) {
        const Halt halt = advance(*machine, began + (done + 1) * m_division.perBatch);
        if (halt == Halt::Stopped) return fail({flow::Error::Stopped, "", "", "the simulation was stopped"});
        if (halt == Halt::Memory || halt == Halt::Steps) return fail(unbounded(*machine, halt));
        machine->closeBatch();
        const std::uint64_t batchesDone = halt == Halt::No ? 1 : m_division.batches - done; // no other will follow
        ++done;
        report(batchesDone * m_division.perBatch);
        if (halt == Halt::No) continue;
        m_ended[replication] = 1;
        const std::scoped_lock guard(m_mutex);
        m_endedEarly = true;
        return;
    }
}

flow::Error Replications::unbounded(Machine& machine, Halt halt) const {
    if (halt == Halt::Memory)
        return {
            flow::Error::Unbounded, "", "",
            fmt::format("{} requests, branches and jobs are in progress at once at {:.6g} s after {} arrivals, and no "
                        "queue holds them: the model makes more work than can end",
                        machine.liveStrands(), machine.now(), machine.arrivals())};
    return {flow::Error::Unbounded, "", "",
            fmt::format("calls within calls or steps without end: {} steps after {} arrivals", machine.stepsEntered(),
                        machine.arrivals())};
}

} // namespace plimsoll::simulate
