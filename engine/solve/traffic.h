// Flow per node and load per cell, down the graph (DESIGN.md 3.3, 2).
#pragma once
#include "engine/solve/outcomes.h"

namespace plimsoll::flow {

/// What arrives where. Rates and loads of a cell are those of one of its instances.
struct Traffic {
    std::vector<double> pass;                      // by node: share of what enters that leaves with success
    std::vector<double> visits;                    // by node: times entered per request of its class
    std::vector<double> rate;                      // by cell: arrivals per s
    std::vector<double> load;                      // by cell: offered work in erlangs
    std::vector<double> inverseLoad;               // by cell
    std::vector<queueing::ServiceMoments> service; // by cell: of the mix that arrives
    // Set by computeFlows() alone.
    std::vector<double> work;                           // by node: visits, less what is cancelled of them
    std::vector<double> busy;                           // by node: the same, less what Late::executed leaves out
    std::vector<double> busyLoad;                       // by queue: erlangs that are done
    std::vector<double> requestVisits;                  // by node: visits less those of jobs
    std::vector<double> queueRate;                      // by queue, as by cell
    std::vector<queueing::ServiceMoments> queueService; // by queue
    std::vector<double> poolRate;                       // by pool queue: of one instance
    std::vector<double> limiterRate;                    // by limiter cell: of one instance
};

/// Flows for these class rates, where every cell passes on `carried` of what it is offered (all 1 without overload).
void computeTraffic(const Graph& graph, std::span<const double> classRates, std::span<const double> carried,
                    Traffic& traffic);

/// The same where figures depend on each other: flows by the outcomes of all nodes, offered work before any refusal.
void computeFlows(const Graph& graph, std::span<const double> classRates, Outcomes& outcomes, Traffic& traffic);

/// Errors: Unbounded naming the class, where retries make a cycle of calls grow that would end without them.
std::expected<void, Error> checkCycles(const Graph& graph, const Traffic& traffic);

/// True for a Serve on a fleet of one whose instance is down and for a pick without anybody to pick.
bool nobodyUp(const Graph& graph, const Node& node);

} // namespace plimsoll::flow
