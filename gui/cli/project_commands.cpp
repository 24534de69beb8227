// plimsoll new | export | import | set: projects in and out of files.
#include "gui/cli/command.h"
#include "gui/cli/project_source.h"
#include "models/edit/assign.h"
#include "models/exchange/project_json.h"
#include "models/exchange/templates.h"

#include <memory>
#include <vector>

namespace plimsoll::gui::cli {
namespace {

struct Arguments {
    std::string file, output, scenario, templateId;
    std::vector<std::string> assignments;
};

void addScenario(CLI::App& command, Arguments& arguments) {
    command.add_option("--scenario", arguments.scenario, "Id of the scenario (default: the first)");
}

void set(const Arguments& arguments) {
    auto project = readProject(arguments.file);
    const auto scenario = pickScenario(project, arguments.scenario);
    for (const auto& assignment : arguments.assignments) {
        auto edited = edit::assign(project, scenario, assignment);
        if (!edited) badInput(edited.error());
        project = std::move(*edited);
    }
    const std::string output = arguments.output.empty() ? arguments.file : arguments.output;
    if (output.starts_with("template:")) badInput("-o: a template is not written to; say where the project goes");
    writeProject(project, output);
}

} // namespace

void addNew(CLI::App& program, int& status) {
    auto* command = program.add_subcommand("new", "Write a new project, empty or from a template");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("--template", arguments->templateId, "Id of a template (plimsoll templates lists them)");
    command->add_option("-o", arguments->output, "File to write: .plimsoll, .json, or - for JSON")->required();
    command->callback([arguments, &status] {
        writeProject(arguments->templateId.empty() ? document::emptyProject()
                                                   : readProject("template:" + arguments->templateId),
                     arguments->output);
        status = Done;
    });
}

void addExport(CLI::App& program, int& status) {
    auto* command = program.add_subcommand("export", "Write a project as JSON");
    auto arguments = std::make_shared<Arguments>();
    arguments->output = "-";
    command->add_option("FILE", arguments->file, "Project: .plimsoll, JSON, template:ID or -")->required();
    command->add_option("-o", arguments->output, "File to write (default: standard output)");
    command->callback([arguments, &status] {
        writeText(exchange::projectToJson(readProject(arguments->file)), arguments->output);
        status = Done;
    });
}

void addImport(CLI::App& program, int& status) {
    auto* command = program.add_subcommand("import", "Read a project as JSON and write it as a .plimsoll file");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("FILE", arguments->file, "Project as JSON, or -")->required();
    command->add_option("-o", arguments->output, "File to write: .plimsoll or .json")->required();
    command->callback([arguments, &status] {
        writeProject(readProject(arguments->file), arguments->output);
        status = Done;
    });
}

void addSet(CLI::App& program, int& status) {
    auto* command = program.add_subcommand("set", "Change parameters, link fields and request types, with units");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("FILE", arguments->file, "Project: .plimsoll, JSON, template:ID or -")->required();
    command
        ->add_option("ASSIGNMENT", arguments->assignments,
                     "COMPONENT.KEY=VALUE, COMPONENT.KEY@CLASS=VALUE, 'FROM>TO.KEY=VALUE' or CLASS.KEY=VALUE")
        ->required();
    command->add_option("-o", arguments->output, "File to write (default: FILE itself)");
    addScenario(*command, *arguments);
    command->callback([arguments, &status] {
        set(*arguments);
        status = Done;
    });
}

} // namespace plimsoll::gui::cli
