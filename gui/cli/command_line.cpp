#include "gui/cli/command_line.h"

#include "gui/cli/command.h"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string_view>

namespace plimsoll::gui::cli {
namespace {

constexpr auto kAdders = {addSolve,  addSimulate, addValidate, addReport, addTemplates, addNew,    addExport,
                          addImport, addSet,      addTypes,    addCalc,   addQueue,     addBalance};

/// The first line of a message: what is wrong is said in one.
std::string_view firstLine(std::string_view text) {
    return text.substr(0, text.find('\n'));
}

void complain(std::string_view line) {
    std::fprintf(stderr, "plimsoll: %.*s\n", static_cast<int>(line.size()), line.data());
}

} // namespace

bool wanted(int argc, char** argv) {
    if (argc < 2) return false;
    const std::string_view first = argv[1];
    if (first == "--help" || first == "-h" || first == "--version") return true;
    CLI::App program;
    int status = Done;
    for (const auto add : kAdders) add(program, status);
    const auto commands = program.get_subcommands([](CLI::App*) { return true; });
    return std::ranges::any_of(commands, [&](const CLI::App* command) { return command->get_name() == first; });
}

int run(int argc, char** argv) {
    CLI::App program("Plimsoll: how much load may a backend safely carry. Without a subcommand the window opens "
                     "(plimsoll [FILE]).",
                     "plimsoll");
    program.set_version_flag("--version", "plimsoll " PLIMSOLL_VERSION);
    program.require_subcommand(0, 1);
    program.footer(
        "FILE is a .plimsoll file, a project as JSON, template:ID, or - for standard input.\n"
        "Exit status: 0 done; 1 no answer although the input is good; 2 bad input or usage; 3 a target is missed.");
    int status = Done;
    for (const auto add : kAdders) add(program, status);
    try {
        program.parse(argc, argv);
    } catch (const CLI::Success& help) {
        return program.exit(help);
    } catch (const CLI::ParseError& error) {
        complain(firstLine(error.what()));
        return BadInput;
    } catch (const Ended& ended) {
        if (!ended.line.empty()) complain(firstLine(ended.line));
        return ended.status;
    } catch (const std::exception& error) {
        complain(firstLine(error.what()));
        return NoAnswer;
    }
    return status;
}

} // namespace plimsoll::gui::cli
