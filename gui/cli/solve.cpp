// plimsoll solve FILE: the figures, as tables or as JSON; status 3 where a target is missed.
#include "gui/cli/command.h"
#include "gui/cli/figures_tables.h"
#include "gui/cli/project_source.h"
#include "models/assess/assess.h"
#include "models/assess/verdict.h"
#include "models/exchange/assessment_json.h"

#include <cmath>
#include <memory>

namespace plimsoll::gui::cli {
namespace {

struct SolveArguments {
    std::string file, scenario;
    double loadFactor = 1;
    bool json = false;
};

/// What an assessment without figures means for the exit status: bad input, or an answer that does not exist.
int statusOf(const assess::Assessment& assessment) {
    if (assessment.solved) return assess::anyTargetMissed(assessment) ? TargetMissed : Done;
    for (const auto& problem : assessment.problems)
        if (problem.severity == assess::Severity::Error)
            throw Ended{problem.code == "no_convergence" ? NoAnswer : BadInput, problemLine(problem)};
    return Done; // nothing drawn, nothing to solve: an empty answer
}

int solve(const SolveArguments& arguments) {
    const auto project = readProject(arguments.file);
    const auto scenario = pickScenario(project, arguments.scenario);
    const auto started = std::chrono::steady_clock::now();
    auto assessment = assess::assess(project, scenario, {.loadFactor = arguments.loadFactor});
    assessment.solveTime = std::chrono::steady_clock::now() - started;
    const int status = statusOf(assessment);
    writeText(arguments.json ? exchange::assessmentToJson(assessment) : figuresTables(project, assessment), "-");
    return status;
}

} // namespace

void addSolve(CLI::App& program, int& status) {
    auto* command = program.add_subcommand("solve", "Solve a project and print its figures");
    auto arguments = std::make_shared<SolveArguments>();
    command->add_option("FILE", arguments->file, "Project: .plimsoll, JSON, template:ID or -")->required();
    command->add_flag("--json", arguments->json, "Print JSON, SI units, the unit in the key's name");
    command->add_option("--load-factor", arguments->loadFactor, "Multiply every arrival rate (default 1)")
        ->check(CLI::Range(1e-9, 1e9));
    command->add_option("--scenario", arguments->scenario, "Id of the scenario (default: the first)");
    command->callback([arguments, &status] { status = solve(*arguments); });
}

} // namespace plimsoll::gui::cli
