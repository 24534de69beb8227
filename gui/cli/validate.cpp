// plimsoll validate: the solver against the simulator, by feature and utilisation. The README's accuracy table is its
// output.
#include "gui/cli/command.h"
#include "gui/cli/project_source.h"
#include "gui/cli/table.h"
#include "models/validation/validation_json.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <unistd.h>

namespace plimsoll::gui::cli {
namespace {

struct ValidateArguments {
    validation::Options options;
    bool json = false;
};

std::string percent(const std::optional<double>& share) {
    return share ? fmt::format("{:.2g} %", 100 * *share) : "–";
}

std::string tables(const validation::Outcome& outcome) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& summary : validation::summaries(outcome)) {
        const auto& band = validation::kBands[summary.band];
        std::vector<std::string> row{summary.family, fmt::format("{:.0f}–{:.0f} %", 100 * band.low, 100 * band.high),
                                     std::to_string(summary.cases)};
        for (const auto figure : {validation::Mean, validation::P50, validation::P95, validation::P99})
            row.push_back(percent(summary.median[figure]) + " / " + percent(summary.worst[figure]));
        row.push_back(percent(summary.uncertainty[validation::Mean]) + " / " +
                      percent(summary.uncertainty[validation::P99]));
        rows.push_back(std::move(row));
    }
    std::string out = "Solved against simulated: absolute deviation, median / worst; the last column is what the\n"
                      "simulation itself leaves open (half its 95 % interval, median) of mean / p99.\n\n";
    out += table({{"Feature", Align::Left}, {"busy"}, {"cases"}, {"mean"}, {"p50"}, {"p95"}, {"p99"}, {"open"}}, rows);
    if (outcome.missing.empty()) return out;
    rows.clear();
    for (const auto& missing : outcome.missing)
        rows.push_back({missing.family, std::to_string(missing.models), missing.reason});
    return out + "\nNot compared:\n\n" + table({{"Feature", Align::Left}, {"models"}, {"why", Align::Left}}, rows);
}

void showProgress(double done) {
    std::fprintf(stderr, "\rValidating: %3.0f %%%s", 100 * done, done >= 1 ? "\n" : "");
}

int validate(const ValidateArguments& arguments) {
    const auto outcome = validation::validate(arguments.options, {},
                                              isatty(STDERR_FILENO) ? showProgress : std::function<void(double)>());
    if (!outcome) badInput("--family: " + outcome.error());
    writeText(arguments.json ? validation::validationToJson(arguments.options, *outcome) : tables(*outcome), "-");
    return Done;
}

} // namespace

void addValidate(CLI::App& program, int& status) {
    auto* command = program.add_subcommand("validate", "Set the solver against the simulator over random models");
    auto arguments = std::make_shared<ValidateArguments>();
    auto& options = arguments->options;
    command->add_flag("--json", arguments->json, "Print JSON");
    command->add_option("--family", options.family, "One family alone, by its id in the table's first column");
    command->add_option("--models", options.models, "Models of a family in each band (default 8)")
        ->check(CLI::Range(1U, 1000U));
    command->add_option("--requests", options.requests, "Simulated requests of a model (default 200000)")
        ->check(CLI::Range(std::uint64_t{1000}, std::uint64_t{100'000'000}));
    command->add_option("--seed", options.seed, "The same seed draws the same models (default 1)");
    command->callback([arguments, &status] { status = validate(*arguments); });
}

} // namespace plimsoll::gui::cli
