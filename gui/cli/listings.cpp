// plimsoll types | templates | calc: what there is, and the engine as a batch calculator.
#include "gui/cli/command.h"
#include "gui/cli/project_source.h"
#include "gui/cli/table.h"
#include "models/calc/calc.h"
#include "models/components/component_type.h"
#include "models/exchange/templates.h"
#include "models/exchange/types_json.h"

#include <fmt/format.h>

#include <memory>

namespace plimsoll::gui::cli {
namespace {

std::string typesTable() {
    std::string out;
    for (const auto* type : components::registry()) {
        out += fmt::format("{}{} ({})\n{}\n\n", out.empty() ? "" : "\n", type->label, type->id, type->help);
        std::vector<std::vector<std::string>> rows;
        for (const auto& parameter : type->parameters)
            rows.push_back({std::string(parameter.key), std::string(parameter.label), std::string(parameter.help)});
        out += table({{"key", Align::Left}, {"label", Align::Left}, {"meaning", Align::Left}}, rows);
    }
    return out;
}

std::string templatesTable() {
    std::vector<std::vector<std::string>> rows;
    for (const auto& entry : exchange::templates()) rows.push_back({entry.id, entry.name, entry.description});
    return table({{"id", Align::Left}, {"name", Align::Left}, {"shows", Align::Left}}, rows);
}

} // namespace

void addTypes(CLI::App& program, int& status) {
    auto* command = program.add_subcommand("types", "List the component types and their parameters");
    auto json = std::make_shared<bool>(false);
    command->add_flag("--json", *json, "Print JSON");
    command->callback([json, &status] {
        writeText(*json ? exchange::typesToJson() : typesTable(), "-");
        status = Done;
    });
}

void addTemplates(CLI::App& program, int& status) {
    auto* command = program.add_subcommand("templates", "List the ready-made architectures");
    command->callback([&status] {
        writeText(templatesTable(), "-");
        status = Done;
    });
}

void addCalc(CLI::App& program, int& status) {
    auto* command = program.add_subcommand("calc", "Answer a batch of cases with the engine, JSON in, JSON out");
    auto file = std::make_shared<std::string>("-");
    command->add_option("FILE", *file, "{\"cases\": [{\"id\", \"topic\", \"inputs\"}]} (default: standard input)");
    command->callback([file, &status] {
        auto answers = calc::answer(readText(*file));
        if (!answers) badInput(answers.error());
        writeText(*answers, "-");
        status = Done;
    });
}

} // namespace plimsoll::gui::cli
