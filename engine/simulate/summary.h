// From what the replications counted to a Solution.
#pragma once
#include "engine/simulate/replications.h"

namespace plimsoll::simulate {

/// Instances of a resource that are alike, over all replications.
struct ResourceTotal {
    std::size_t instances = 0;
    double length = 0; ///< seconds, of all these instances
    double offered = 0, served = 0, work = 0, busyTime = 0, waitingTime = 0, liveTime = 0, boots = 0, cold = 0;
    double waits = 0, waitSum = 0, waitSquares = 0;
    double queueGrowth = 0; ///< how many more wait at the end than at the start
    Histogram waitCounts{ResourceTally::kWaitBits};
    std::vector<std::vector<BatchShare>> waitBatches; ///< by replication
    /// Adds an instance of the replication whose row of batches is the last one.
    void add(const ResourceTally& tally, double waitingNow, double seconds);
};

/// The interval of a figure >= 0; none where the margins are infinite.
std::optional<flow::Interval> around(double value, Margins margins);

class Summary {
public:
    Summary(const flow::Model& model, const Program& program, Replications& replications);

    /// The largest 95 % margin of a class's mean latency as a share of it; infinite while one is unknown.
    double worstPrecision() const;
    /// Errors: Unbounded where no time passes.
    std::expected<flow::Solution, flow::Error> solution(bool distributions);

private:
    void resources(flow::Solution& solution);
    void station(std::size_t index, flow::Solution& solution);
    void pool(std::size_t index, flow::Solution& solution);
    void limiter(std::size_t index, flow::Solution& solution);
    template <class At> ResourceTotal busiest(flow::FleetId fleet, std::uint32_t first, double ResourceTotal::* load,
                                              bool mayGrow, std::uint8_t& growing, At at) const;
    flow::ResourceResult result(const ResourceTotal& total, double capacity, double demand);
    std::optional<flow::Latency> waits(const ResourceTotal& total) const;
    bool grows(const ResourceTotal& total) const;
    bool isOverloaded(const ResourceTotal& total, double demand) const;

    void findUnsteadySteps();
    bool growsBelow(std::size_t step) const;
    bool flowGrows(std::size_t flow) const;

    void classes(flow::Solution& solution);
    flow::ClassResult classResult(std::size_t cls, flow::Solution& solution);
    std::optional<flow::Latency> latency(std::size_t flow) const;
    void fillQuantiles(std::size_t flow, const Histogram& all, flow::Latency& result) const;
    Margins meanMargins(std::size_t flow) const;
    Margins shareMargins(std::size_t flow, double value) const;
    void caches(flow::Solution& solution);
    void steps(flow::Solution& solution);

    const flow::Model& m_model;
    const Program& m_program;
    std::vector<std::unique_ptr<Machine>>& m_machines;
    bool m_endedEarly, m_distributions = true, m_overloaded = false;
    double m_length = 0;                                                   ///< seconds of all windows
    std::vector<std::uint8_t> m_stationGrows, m_poolGrows, m_limiterGrows; ///< by id
    std::vector<std::uint8_t> m_stepGrows; ///< by op: it, or what it waits for below, grows
};

} // namespace plimsoll::simulate
