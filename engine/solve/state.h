// What a PreparedModel keeps between solves: the graph and every array that a solve needs.
#pragma once
#include "engine/cache/popularity.h"
#include "engine/solve/cells.h"
#include "engine/solve/coupled.h"
#include "engine/solve/exactness.h"
#include "engine/solve/node_values.h"
#include "engine/solve/overload.h"

namespace plimsoll::flow {

/// A request may enter one step this often (nested repeats multiply), and loads be scaled so far.
inline constexpr double kLargestVisits = 1e30, kLargestLoadFactor = 1e12;

/// Saturation and its causes, at load factor 1.
struct Saturation {
    std::vector<std::uint32_t> busiest;         // by station: its cell with the largest demand
    std::vector<double> demand;                 // by station: offered work / capacity of that cell; 0 without servers
    std::vector<double> strength;               // by station
    std::vector<Method> method;                 // by station
    std::vector<std::optional<double>> factors; // by station: load factor at which its demand reaches 1
    std::vector<double> poolStrength, limiterStrength;
    std::vector<std::optional<double>> poolFactors, limiterFactors;
    std::optional<double> factor; // of the whole
    bool known = false;           // where it takes solving again
};

struct SolverState {
    Model model;
    Graph graph;
    GraphExactness exactness;

    // At load factor 1 with `down` absent.
    std::vector<Down> down;
    std::vector<double> classRates; // as modelled
    Traffic base;
    Saturation saturation;

    std::vector<cache::Popularity> popularity; // by key space; only where a cache is keyed
    Coupled coupled;                           // unless the graph is one of one pass

    // Of the solve under way.
    double loadFactor = 1;
    std::vector<double> scaledRates; // classRates x load factor
    std::vector<double> carried;     // by cell
    Traffic overloaded;
    CellFigures cells;
    std::vector<NodeValue> values;
    std::vector<distribution::Cumulants> responses; // by visit
    std::vector<queueing::Wait> waits;              // by cell
    std::vector<distribution::Cumulants> cumulants; // by node, of what succeeds
    std::vector<Distribution> serviceMix;           // by cell; only where its transform is needed
    std::vector<std::uint32_t> leaves;              // by node: Serve and Delay below it, at most kManyLeaves
    std::vector<double> resultWeights;              // by StepResult
};

/// One solve: which traffic holds, and at which factor of it.
struct Solved {
    const Traffic* traffic = nullptr;
    double factor = 1;     // times the traffic's rates and loads
    double loadFactor = 1; // of the classes
    bool overloaded = false;
    bool distributions = true;
};

/// Finds saturation and strengths from `base`.
void computeSaturation(const Graph& graph, const Traffic& base, Saturation& saturation);

/// Steps and caches alone.
void writeSteps(SolverState& state, const Solved& solved, Solution& answer);
void writeCaches(const SolverState& state, Solution& answer);
/// Writes everything but the latency of classes.
void writeResults(SolverState& state, const Solved& solved, Solution& answer);

} // namespace plimsoll::flow
