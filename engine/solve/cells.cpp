#include "engine/solve/cells.h"

#include "engine/queueing/erlang.h"

#include <algorithm>

namespace plimsoll::flow {
namespace {

/// One cell with servers and 0 < load < servers.
struct LoadedCell {
    const Cell& cell;
    const queueing::ServiceMoments& service;
    double rate, load, inverseLoad; // per s, erlangs, 1/erlangs
};

double clearing(const LoadedCell& queue) {
    return queue.cell.servers - queue.load;
}

/// C / (c - a), with C into `mustWait`: for few servers C = c / ((c - a) / B + a), with one division in all.
double waitFactor(const LoadedCell& queue, double& mustWait) {
    const double servers = queue.cell.servers, left = clearing(queue);
    if (servers >= queueing::kFewServers) {
        mustWait = queueing::erlangC(servers, queue.load);
        return mustWait / left;
    }
    double inverseBlocked = 1;
    for (double n = 1; n <= servers; ++n) inverseBlocked = 1 + n * queue.inverseLoad * inverseBlocked;
    const double factor = servers / ((left * inverseBlocked + queue.load) * left);
    mustWait = factor * left;
    return factor;
}

double meanWait(const LoadedCell& queue, double factor) {
    if (queue.cell.exponential) return factor * queue.service.first;
    if (queue.cell.servers == 1) return queue.rate * queue.service.second / (2 * clearing(queue));
    return factor * queue.service.first * queueing::mgcWaitRatio(queue.cell.servers, queue.load, scvOf(queue.service));
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
    const double inverseFactor = factor > 0 ? 1 / factor : 0;
    for (std::size_t c = 0; c < graph.cells.size(); ++c) {
        const Cell& cell = graph.cells[c];
        const LoadedCell queue{cell, traffic.service[c], factor * traffic.rate[c], factor * traffic.load[c],
                               inverseFactor * traffic.inverseLoad[c]};
        const bool queues = cell.servers > 0 && queue.load > 0;
        const bool steady = !queues || queue.load < cell.servers;
        double wait = 0, stretch = 1, mustWait = 0;
        if (queues && steady) {
            const double each = waitFactor(queue, mustWait);
            if (cell.sharing)
                stretch = 1 + each;
            else
                wait = meanWait(queue, each);
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
