// Every cell by its queueing formula, at the load that reaches it.
#pragma once
#include "engine/queueing/mgc.h"
#include "engine/queueing/ps.h"
#include "engine/solve/traffic.h"

namespace plimsoll::flow {

/// By cell. A visit's mean response is wait + stretch x demand.
struct CellFigures {
    std::vector<double> wait;     // mean, s; 0 where sharing
    std::vector<double> stretch;  // 1 where first come first served
    std::vector<double> mustWait; // Erlang C of the load
    std::vector<std::uint8_t> steady;
    std::vector<std::uint8_t> nobody; // its instance is down

    void resize(std::size_t cells);
};

/// Fills `figures` for arrival rates and loads that are `factor` times those of `traffic`; true when all are steady.
bool computeCells(const Graph& graph, const Traffic& traffic, double factor, CellFigures& figures);

/// The wait of a first-come-first-served cell with its third cumulant; the cell is steady and has servers.
queueing::Wait waitOf(const Cell& cell, const Traffic& traffic, std::size_t index, double factor, double mustWait);
/// The sharing cell as its queueing formula takes it.
queueing::PsStation psStationOf(const Cell& cell, const Traffic& traffic, std::size_t index, double factor,
                                double mustWait);

/// Scv of the service mix.
double scvOf(const queueing::ServiceMoments& service);

} // namespace plimsoll::flow
