#include "engine/simulate/simulate.h"

#include "engine/flow/validate.h"
#include "engine/simulate/summary.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace plimsoll::flow {

namespace {

/// How often the stopping rule is asked during a run.
constexpr std::uint64_t kChecks = 8;

std::expected<void, Error> check(const SimulateOptions& simulation) {
    if (simulation.requests == 0 || simulation.requests > kMostRequests)
        return std::unexpected(
            Error{Error::Invalid, "simulate", "requests",
                  fmt::format("requests is {}, must lie in 1 to {}", simulation.requests, kMostRequests)});
    if (simulation.precision && !(*simulation.precision > 0 && std::isfinite(*simulation.precision)))
        return std::unexpected(
            Error{Error::Invalid, "simulate", "precision",
                  fmt::format("precision is {}, must be finite and above 0", *simulation.precision)});
    return {};
}

} // namespace

std::expected<Solution, Error> simulate(const Model& model, const SolveOptions& options,
                                        const SimulateOptions& simulation, std::stop_token stop,
                                        const SimulateRun& run) {
    if (auto checked = check(simulation); !checked) return std::unexpected(std::move(checked).error());
    if (auto checked = validate(model); !checked) return std::unexpected(std::move(checked).error());
    const auto program = plimsoll::simulate::compile(model, options);
    if (!program) return std::unexpected(program.error());
    plimsoll::simulate::Replications replications(*program, simulation, run, std::move(stop));
    const std::uint64_t batches = replications.division().batches;
    const std::uint64_t round = simulation.precision ? std::max<std::uint64_t>(1, batches / kChecks) : batches;
    for (std::uint64_t batch = round;; batch = std::min(batch + round, batches)) {
        if (auto done = replications.runTo(batch); !done) return std::unexpected(std::move(done).error());
        plimsoll::simulate::Summary summary(model, *program, replications);
        if (batch < batches && !(summary.worstPrecision() < *simulation.precision)) continue;
        return summary.solution(options.distributions);
    }
}

} // namespace plimsoll::flow
