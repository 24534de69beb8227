#include "engine/solve/cells.h"

#include "engine/queueing/erlang.h"

#include <algorithm>

namespace plimsoll::flow {
namespace {

double delayProbability(double servers, double load) {
    if (servers >= queueing::kFewServers) return queueing::erlangC(servers, load);
    // C = 1 / ((1 - rho) / B + rho), one division less than through B.
    const double rho = load / servers;
    return 1 / ((servers - load) / servers * queueing::inverseErlangB(unsigned(servers), load) + rho);
}

double meanWait(const Cell& cell, const queueing::ServiceMoments& service, double rate, double load, double mustWait) {
    if (cell.servers == 1) return rate * service.second / (2 * (1 - load));
    const double base = mustWait * service.first / (cell.servers - load);
    return cell.exponential ? base : base * queueing::mgcWaitRatio(cell.servers, load, scvOf(service));
}

} // namespace

void CellFigures::resize(std::size_t cells) {
    wait.resize(cells);
    stretch.resize(cells);
    mustWait.resize(cells);
    steady.resize(cells);
    nobody.resize(cells);
}

double scvOf(const queueing::ServiceMoments& service) {
    if (!(service.first > 0)) return 0;
    return std::max(0.0, service.second / (service.first * service.first) - 1);
}

bool computeCells(const Graph& graph, const Traffic& traffic, double factor, CellFigures& figures) {
    bool allSteady = true;
    for (std::size_t c = 0; c < graph.cells.size(); ++c) {
        const Cell& cell = graph.cells[c];
        const double load = factor * traffic.load[c];
        const bool queues = cell.servers > 0 && load > 0;
        const bool steady = !queues || load < cell.servers;
        double wait = 0, stretch = 1, mustWait = 0;
        if (queues && steady) {
            mustWait = delayProbability(cell.servers, load);
            if (cell.sharing)
                stretch = 1 + mustWait / (cell.servers - load);
            else
                wait = meanWait(cell, traffic.service[c], factor * traffic.rate[c], load, mustWait);
        }
        figures.wait[c] = wait;
        figures.stretch[c] = stretch;
        figures.mustWait[c] = mustWait;
        figures.steady[c] = steady;
        figures.nobody[c] = graph.groups[cell.group].up == 0;
        allSteady = allSteady && steady;
    }
    return allSteady;
}

queueing::Wait waitOf(const Cell& cell, const Traffic& traffic, std::size_t index, double factor, double mustWait) {
    const double load = factor * traffic.load[index];
    const auto& service = traffic.service[index];
    if (!(load > 0)) return {};
    if (cell.exponential) return queueing::mmcWait(mustWait, cell.servers, load, service.first);
    if (cell.servers == 1) return queueing::mg1Wait(factor * traffic.rate[index], service);
    return queueing::mgcWait(mustWait, cell.servers, load, service.first, scvOf(service));
}

queueing::PsStation psStationOf(const Cell& cell, const Traffic& traffic, std::size_t index, double factor,
                                double mustWait) {
    return {cell.servers, factor * traffic.load[index], traffic.service[index].first, scvOf(traffic.service[index]),
            mustWait};
}

} // namespace plimsoll::flow
