#include "engine/network/closed_classes.h"

#include "engine/network/lattice.h"
#include "engine/network/linearizer.h"
#include "engine/network/loaded_station.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>

namespace plimsoll::network {
namespace {

std::size_t activeClasses(const ClosedClasses& network) {
    return std::size_t(std::ranges::count_if(network.users, [](double users) { return users > 0; }));
}

double convolutionCost(const ClosedClasses& network, double population) {
    double each = 1, several = 0;
    for (std::size_t i = 0; i < network.servers.size(); ++i) {
        const double servers = network.servers[i];
        each += servers >= population ? 1 : std::min(servers, 20 * std::sqrt(servers)) * 3;
        several += servers > 1 ? 1 : 0;
    }
    return population * each * (1 + std::ceil(std::log2(std::max(1.0, several))));
}

/// The stations as closed customers of one class meet them.
ClosedNetwork asOneClass(const ClosedClasses& network, std::span<const double> demand_s, double think_s,
                         std::size_t population, ClosedScratch& scratch) {
    const std::size_t stations = network.servers.size();
    scratch.stations.assign(stations, {});
    scratch.levels.resize(std::max(scratch.levels.size(), stations));
    for (std::size_t i = 0; i < stations; ++i) {
        ClosedStation& station = scratch.stations[i];
        station.servers = network.servers[i];
        station.demand_s = demand_s[i];
        const double open = network.openAt(i);
        if (!(open > 0) || demand_s[i] == 0) continue;
        station.demand_s /= 1 - open;
        if (station.servers == 1) continue;
        loadedSpeeds(station.servers, open, population, scratch.levels[i]);
        station.rates_per_s = scratch.levels[i];
        station.visits = demand_s[i];
    }
    return {scratch.stations, think_s};
}

/// One class, or none with users: figures of `cls`, and what others would see.
void solveOneClass(const ClosedClasses& network, std::size_t cls, ClosedFigures& figures, ClosedScratch& scratch) {
    const std::size_t classes = network.users.size(), stations = network.servers.size();
    const auto users = std::size_t(network.users[cls]), population = users + 1; // one more is what an outsider meets
    scratch.demand.resize(stations);
    for (std::size_t i = 0; i < stations; ++i) scratch.demand[i] = network.demand_s[i * classes + cls];
    const ClosedNetwork one = asOneClass(network, scratch.demand, network.think_s[cls], population, scratch);
    scratch.throughput.resize(population);
    scratch.numbers.resize(stations * population);
    closedNumbers(one, scratch.throughput, scratch.numbers, scratch.convolution);
    for (std::size_t i = 0; i < stations; ++i) {
        const auto residence = [&](std::size_t n) {
            return scratch.numbers[i * population + n - 1] / scratch.throughput[n - 1];
        };
        if (scratch.demand[i] > 0) {
            figures.outsideStretch[i] = residence(population) / scratch.demand[i];
        } else {
            loadedSpeeds(network.servers[i], network.openAt(i), 1, scratch.speeds);
            figures.outsideStretch[i] = 1 / scratch.speeds.front();
        }
        for (std::size_t k = 0; k < classes; ++k)
            figures.residence_s[i * classes + k] = network.demand_s[i * classes + k] * figures.outsideStretch[i];
        if (users > 0) figures.residence_s[i * classes + cls] = residence(users);
    }
    for (std::size_t k = 0; k < classes; ++k) {
        figures.throughput_per_s[k] = figures.response_s[k] = 0;
        for (std::size_t i = 0; i < stations; ++i) figures.response_s[k] += figures.residence_s[i * classes + k];
    }
    if (users > 0) figures.throughput_per_s[cls] = scratch.throughput[users - 1];
}

void writeUtilisation(const ClosedClasses& network, ClosedFigures& figures) {
    const std::size_t classes = network.users.size();
    for (std::size_t i = 0; i < network.servers.size(); ++i) {
        double work = 0;
        for (std::size_t k = 0; k < classes; ++k)
            work += figures.throughput_per_s[k] * network.demand_s[i * classes + k];
        figures.utilisation[i] = work / network.servers[i] + network.openAt(i);
    }
}

/// Exact over Linearizer of the response of all classes taken as one, as `figures` has them; none where that costs more
/// than the budget.
std::optional<double> aggregateRatio(const ClosedClasses& network, const ClosedFigures& figures, ClosedScratch& scratch,
                                     double budget) {
    const std::size_t classes = network.users.size(), stations = network.servers.size();
    double users = 0, rate = 0, think = 0;
    for (std::size_t k = 0; k < classes; ++k) {
        users += network.users[k];
        rate += figures.throughput_per_s[k];
        think += figures.throughput_per_s[k] * network.think_s[k];
    }
    if (!(rate > 0) || convolutionCost(network, users) > budget) return std::nullopt;
    std::vector<double>& demand = scratch.demand;
    demand.assign(stations, 0);
    double work = 0;
    for (std::size_t i = 0; i < stations; ++i) {
        for (std::size_t k = 0; k < classes; ++k)
            demand[i] += figures.throughput_per_s[k] * network.demand_s[i * classes + k] / rate;
        work += demand[i];
    }
    if (!(work > 0)) return 1;
    think /= rate;
    const ClosedClasses one{std::span(&users, 1), std::span(&think, 1), network.servers, demand,
                            network.openUtilisation};
    scratch.aggregate.resize(one);
    linearizer(one, scratch.aggregate, scratch.linearizer);
    scratch.throughput.resize(std::size_t(users));
    closedThroughput(asOneClass(network, demand, think, std::size_t(users), scratch), scratch.throughput,
                     scratch.convolution);
    return (users / scratch.throughput.back() - think) / scratch.aggregate.response_s[0];
}

} // namespace

void ClosedFigures::resize(const ClosedClasses& network) {
    throughput_per_s.resize(network.users.size());
    response_s.resize(network.users.size());
    residence_s.resize(network.demand_s.size());
    outsideStretch.resize(network.servers.size());
    utilisation.resize(network.servers.size());
}

double exactCost(const ClosedClasses& network) {
    if (activeClasses(network) >= 2) return latticeCost(network);
    double population = 1;
    for (const double users : network.users) population += users;
    return convolutionCost(network, population);
}

void solveClosed(const ClosedClasses& network, ClosedFigures& figures, ClosedScratch& scratch, double budget) {
    assert(network.demand_s.size() == network.users.size() * network.servers.size());
    if (exactCost(network) > budget) return solveClosedApproximately(network, figures, scratch, budget);
    figures.resize(network);
    figures.converged = true;
    figures.method = ClosedMethod::Exact;
    if (activeClasses(network) < 2) {
        const auto* first = std::ranges::find_if(network.users, [](double users) { return users > 0; }).base();
        const auto cls = std::size_t(first - network.users.data());
        solveOneClass(network, cls < network.users.size() ? cls : 0, figures, scratch);
        return writeUtilisation(network, figures);
    }
    schweitzerThroughputs(network, scratch.linearizer);
    if (!solveOnLattice(network, scratch.linearizer.throughput, figures, scratch.lattice))
        return solveClosedApproximately(network, figures, scratch, budget);
    writeUtilisation(network, figures);
}

void solveClosedApproximately(const ClosedClasses& network, ClosedFigures& figures, ClosedScratch& scratch,
                              double budget) {
    figures.resize(network);
    linearizer(network, figures, scratch.linearizer);
    const auto ratio = aggregateRatio(network, figures, scratch, budget);
    figures.method = ratio ? ClosedMethod::Corrected : ClosedMethod::Linearizer;
    if (ratio) {
        for (double& residence : figures.residence_s) residence *= *ratio;
        for (double& stretch : figures.outsideStretch) stretch *= *ratio;
        for (std::size_t k = 0; k < network.users.size(); ++k) {
            figures.response_s[k] *= *ratio;
            const double round = network.think_s[k] + figures.response_s[k];
            figures.throughput_per_s[k] = round > 0 ? network.users[k] / round : 0;
        }
    }
    writeUtilisation(network, figures);
}

} // namespace plimsoll::network
