#include "engine/solve/latency.h"

#include "engine/distribution/distribution.h"
#include "engine/flow/validate.h"
#include "engine/solve/expansion.h"
#include "engine/solve/path_law.h"

#include <fmt/format.h>

namespace plimsoll::flow {
namespace {

/// FCFS: wait and service are independent, their cumulants add.
distribution::Cumulants responseOf(const SolverState& state, const Solved& solved, const Visit& visit) {
    if (visit.cell == kNone) return visit.cumulants;
    const Cell& cell = state.graph.cells[visit.cell];
    if (cell.servers == 0 || !state.cells.steady[visit.cell]) return visit.cumulants;
    const double mustWait = state.cells.mustWait[visit.cell];
    if (!cell.sharing) return visit.cumulants + state.waits[visit.cell].cumulants;
    const auto station = psStationOf(cell, *solved.traffic, visit.cell, solved.factor, mustWait);
    if (!(station.load > 0)) return visit.cumulants;
    const Distribution demand = visit.factor == 1 ? *visit.law : distribution::scaled(*visit.law, visit.factor);
    return queueing::psResponseCumulants(station, demand);
}

void noteAbsent(const SolverState& state, std::size_t cls, Solution& answer) {
    if (!state.values[state.graph.root[cls]].steady) return; // told with the overload
    answer.problems.push_back(
        {Severity::Warning, "no_success", elementName("classes", cls), "latency",
         fmt::format("no request of {} succeeds, so there is no latency to tell", state.model.classes[cls].name)});
}

} // namespace

void computeResponses(SolverState& state, const Solved& solved) {
    state.waits.assign(state.graph.cells.size(), {});
    for (std::size_t c = 0; c < state.graph.cells.size(); ++c) {
        const Cell& cell = state.graph.cells[c];
        if (cell.servers > 0 && !cell.sharing && state.cells.steady[c])
            state.waits[c] = waitOf(cell, *solved.traffic, c, solved.factor, state.cells.mustWait[c]);
    }
    state.responses.resize(state.graph.visits.size());
    for (std::size_t v = 0; v < state.graph.visits.size(); ++v)
        state.responses[v] = responseOf(state, solved, state.graph.visits[v]);
}

std::expected<void, Error> writeLatencies(SolverState& state, const Solved& solved, const std::stop_token& stop,
                                          Solution& answer) {
    if (solved.distributions) {
        computeNodeCumulants(state);
        collectServiceMixes(state, solved);
    }
    for (std::size_t c = 0; c < answer.classes.size(); ++c) {
        if (stop.stop_requested()) return std::unexpected(Error{Error::Stopped, "", "", "stopped"});
        auto& latency = answer.classes[c].latency;
        const NodeValue& value = state.values[state.graph.root[c]];
        if (!value.steady || !(value.success > 0)) {
            latency.reset();
            noteAbsent(state, c, answer);
            continue;
        }
        if (!latency) latency.emplace();
        latency->mean = Seconds{value.mean};
        latency->method = latencyMethod(state.exactness, std::uint32_t(c), solved.distributions);
        if (solved.distributions) writeClassLaw(state, solved, std::uint32_t(c), *latency);
    }
    if (solved.distributions) writeWaitLaws(state, solved, answer);
    return {};
}

} // namespace plimsoll::flow
