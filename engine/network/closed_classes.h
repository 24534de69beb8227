// Closed classes (users that think, ask and think again) at stations in product form: processor sharing, or first come
// first served with one exponential service for all; open classes beside them (theory/networks.md 4).
#pragma once
#include "engine/network/convolution.h"

#include <cstdint>

namespace plimsoll::network {

/// Arrays of one network, by class, by station, or by station and class (station x classes + class).
struct ClosedClasses {
    std::span<const double> users = {};    // whole, >= 0
    std::span<const double> think_s = {};  // think time and pure delays, >= 0
    std::span<const double> servers = {};  // by station, whole, >= 1
    std::span<const double> demand_s = {}; // by station and class: visits x mean service, >= 0
    /// Share of each station's capacity that open classes take, < 1; left out: none.
    std::span<const double> openUtilisation = {};

    double openAt(std::size_t station) const { return openUtilisation.empty() ? 0 : openUtilisation[station]; }
};

enum class ClosedMethod : std::uint8_t {
    Exact,
    Corrected, // Linearizer, times exact over approximate of the aggregate class
    Linearizer // the aggregate was too large for that
};

struct ClosedFigures {
    std::vector<double> throughput_per_s, response_s; // by class; a class without users: what one request would see
    std::vector<double> residence_s;                  // by station and class
    std::vector<double>
        outsideStretch;              // by station: residence over demand of a request from outside (of an open class)
    std::vector<double> utilisation; // by station: closed and open work over capacity
    ClosedMethod method = ClosedMethod::Exact;
    bool converged = true; // of the Linearizer

    void resize(const ClosedClasses& network);
};

/// Storage that calls reuse: no allocation once it has grown.
struct LinearizerScratch {
    std::vector<double> queueDemand, delay, users, queue, queueWithout, fraction, correction, residence;
    std::vector<double> throughput, total;
};
struct LatticeScratch {
    std::vector<double> whole, after, tail, chain, copies, speeds, demand;
    std::vector<std::vector<double>> without; // of some stations, by depth
};
struct ClosedScratch {
    ConvolutionScratch convolution;
    LinearizerScratch linearizer;
    LatticeScratch lattice;
    std::vector<double> numbers, throughput, speeds, demand;
    std::vector<std::vector<double>> levels; // speeds by station
    std::vector<ClosedStation> stations;
    ClosedFigures aggregate;
};

/// Operations of the exact solution, about 1 ns each.
double exactCost(const ClosedClasses& network);

/// Operations that are spent on an exact answer unless told otherwise: about 5 ms.
inline constexpr double kExactBudget = 1e7;

/// Exact within the budget (one class: convolution; several: the normalising constant on the lattice of populations),
/// otherwise as solveClosedApproximately(). Something takes time for every class; times 0 or 1e-30 to 1e30. `figures`
/// keeps its storage.
void solveClosed(const ClosedClasses& network, ClosedFigures& figures, ClosedScratch& scratch,
                 double budget = kExactBudget);

/// Linearizer (Chandy and Neuse 1982) with Seidmann's split of stations with several servers, its responses times exact
/// over Linearizer of the aggregate class, where that is within the budget. X within 0.5 % on average, 5.6 % at most, R
/// within 0.8 % and 7.5 %, in 150 random networks of two classes (theory/networks.md 4).
void solveClosedApproximately(const ClosedClasses& network, ClosedFigures& figures, ClosedScratch& scratch,
                              double budget = kExactBudget);

} // namespace plimsoll::network
