// The solver of a whole model. DESIGN.md 3.3 gives the order of its work.
#pragma once
#include "engine/solve/solution.h"

#include <expected>
#include <memory>
#include <stop_token>

namespace plimsoll::flow {

/// A model made ready once and solved many times, as while a slider is dragged: validation, the order of the call graph
/// and all allocation happen in prepare(), none in solveInto() once the answer has its shape.
class PreparedModel {
public:
    /// Checks and orders `model`. Errors: Invalid, CircularHold, Unbounded, NotSolvedYet, each with element and field.
    static std::expected<PreparedModel, Error> prepare(Model model);

    PreparedModel(PreparedModel&&) noexcept;
    PreparedModel& operator=(PreparedModel&&) noexcept;
    ~PreparedModel();

    /// Solves under `options` into `answer`, whose storage is reused. Errors: Invalid (an option), NoConvergence,
    /// Stopped.
    std::expected<void, Error> solveInto(Solution& answer, const SolveOptions& options, std::stop_token stop = {});

private:
    struct State;
    explicit PreparedModel(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Prepares and solves in one step.
std::expected<Solution, Error> solve(const Model& model, const SolveOptions& options = {}, std::stop_token stop = {});

} // namespace plimsoll::flow
