// Several machines with seeds of their own, run on several threads.
#pragma once
#include "engine/simulate/machine.h"
#include "engine/simulate/simulate.h"

#include <memory>
#include <mutex>

namespace plimsoll::simulate {

/// How the requests are divided; depends on their number and the model alone.
struct Division {
    std::uint64_t replications = 1, batches = 1; ///< batches of each replication
    std::uint64_t warmUp = 0, perBatch = 1;      ///< requests of a replication
    std::uint64_t wholeWarmUp = 0; ///< with those for which warm-up goes on, until the model forgets how it began
    std::uint64_t counted() const { return batches * perBatch; }
    Division(std::uint64_t requests, const Program& program);
};

class Replications {
public:
    Replications(const Program& program, const flow::SimulateOptions& simulation, const flow::SimulateRun& run,
                 std::stop_token stop);

    /// Runs all replications to the end of this batch.
    std::expected<void, flow::Error> runTo(std::uint64_t batch);
    const Division& division() const { return m_division; }
    std::vector<std::unique_ptr<Machine>>& machines() { return m_machines; }
    /// A replication ended because requests piled up, or because nothing could happen any more.
    bool endedEarly() const { return m_endedEarly; }

private:
    void runOne(std::size_t replication, std::uint64_t batch);
    Halt advance(Machine& machine, std::uint64_t arrivals);
    void warmUp(Machine& machine);
    flow::Error unbounded(Machine& machine, Halt halt) const;
    void fail(flow::Error error);
    void report(std::uint64_t requests);

    const Program& m_program;
    const flow::SimulateOptions& m_simulation;
    const flow::SimulateRun& m_run;
    std::stop_token m_stop;
    Division m_division;
    std::vector<std::unique_ptr<Machine>> m_machines;
    std::vector<std::uint64_t> m_batchesDone;
    std::vector<std::uint8_t> m_ended;
    std::mutex m_mutex; ///< of what follows
    std::optional<flow::Error> m_error;
    bool m_endedEarly = false;
    std::uint64_t m_requestsDone = 0;
};

} // namespace plimsoll::simulate
