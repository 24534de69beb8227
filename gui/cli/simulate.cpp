// plimsoll simulate FILE: the solver's figures beside the simulator's, with 95 % intervals.
#include "gui/cli/agreement_table.h"
#include "gui/cli/command.h"
#include "gui/cli/figures_tables.h"
#include "gui/cli/project_source.h"
#include "models/assess/simulation.h"
#include "models/assess/verdict.h"
#include "models/exchange/assessment_json.h"

#include <cstdio>
#include <memory>
#include <unistd.h>

namespace plimsoll::gui::cli {
namespace {

struct SimulateArguments {
    std::string file, scenario, precision;
    double loadFactor = 1;
    std::uint64_t requests = flow::SimulateOptions{}.requests, seed = flow::SimulateOptions{}.seed;
    unsigned threads = 0;
    bool json = false;
};

constexpr double kLeastPrecision = 1e-5, kMostPrecision = 0.5;

/// "1%" or "0.01".
double readPrecision(const std::string& typed) {
    std::string number = typed;
    const bool isPercent = !number.empty() && number.back() == '%';
    if (isPercent) number.pop_back();
    char* end = nullptr;
    const double value = std::strtod(number.c_str(), &end) / (isPercent ? 100 : 1);
    if (number.empty() || *end != '\0' || !(value >= kLeastPrecision && value <= kMostPrecision))
        badInput("--precision: \"" + typed + "\" is not between 0.001% and 50%");
    return value;
}

/// The share done, on a terminal.
flow::SimulateRun runOf(const SimulateArguments& arguments) {
    flow::SimulateRun run;
    run.threads = arguments.threads;
    if (isatty(STDERR_FILENO))
        run.progress = [](Probability done) {
            std::fprintf(stderr, "\rSimulating: %3.0f %%%s", 100 * done.value, done.value >= 1 ? "\n" : "");
        };
    return run;
}

int simulate(const SimulateArguments& arguments) {
    flow::SimulateOptions simulation;
    simulation.requests = arguments.requests;
    simulation.seed = arguments.seed;
    if (!arguments.precision.empty()) simulation.precision = readPrecision(arguments.precision);
    const auto project = readProject(arguments.file);
    const auto scenario = pickScenario(project, arguments.scenario);
    const assess::Options options{.loadFactor = arguments.loadFactor, .safeLoads = false};
    const auto solved = assess::assess(project, scenario, options);
    const auto simulated = assess::simulate(project, scenario, options, simulation, {}, runOf(arguments));
    for (const auto& problem : simulated.problems)
        if (problem.severity == assess::Severity::Error)
            throw Ended{problem.code == "unbounded" ? NoAnswer : BadInput, problemLine(problem)};
    writeText(arguments.json ? exchange::simulationToJson(solved, simulated, simulation)
                             : agreementTables(project, solved, simulated),
              "-");
    return assess::anyTargetMissed(simulated) ? TargetMissed : Done;
}

} // namespace

void addSimulate(CLI::App& program, int& status) {
    auto* command = program.add_subcommand("simulate", "Simulate a project and set the solver's figures beside");
    auto arguments = std::make_shared<SimulateArguments>();
    command->add_option("FILE", arguments->file, "Project: .plimsoll, JSON, template:ID or -")->required();
    command->add_flag("--json", arguments->json, "Print JSON, SI units, the unit in the key's name");
    command->add_option("--requests", arguments->requests, "Requests of all types, warm-up aside (default 1000000)")
        ->check(CLI::Range(std::uint64_t{1}, flow::kMostRequests));
    command->add_option("--precision", arguments->precision,
                        "Stop earlier, when every mean is known within this share (\"1%\")");
    command->add_option("--seed", arguments->seed, "The same seed gives the same figures (default 1)");
    command->add_option("--threads", arguments->threads, "Default: one a core")->check(CLI::Range(0U, 1024U));
    command->add_option("--load-factor", arguments->loadFactor, "Multiply every arrival rate (default 1)")
        ->check(CLI::Range(1e-9, 1e9));
    command->add_option("--scenario", arguments->scenario, "Id of the scenario (default: the first)");
    command->callback([arguments, &status] { status = simulate(*arguments); });
}

} // namespace plimsoll::gui::cli
