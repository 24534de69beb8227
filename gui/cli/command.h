// What every subcommand shares: how it is added and how it ends.
#pragma once
#include "gui/cli/command_line.h"
#include "models/document/error.h"

#include <CLI/CLI.hpp>

#include <string>

namespace plimsoll::gui::cli {

/// Thrown by a command to end the program with a status and one line on stderr; caught in run() alone.
struct Ended {
    int status = Done;
    std::string line;
};

[[noreturn]] inline void badInput(const document::Error& error) {
    throw Ended{BadInput, document::text(error)};
}
[[noreturn]] inline void badInput(std::string line) {
    throw Ended{BadInput, std::move(line)};
}

/// Each adds its subcommand to `program` and, when it runs, leaves its exit status in `status`.
void addSolve(CLI::App& program, int& status);
void addSimulate(CLI::App& program, int& status);
void addValidate(CLI::App& program, int& status);
void addReport(CLI::App& program, int& status);
void addTemplates(CLI::App& program, int& status);
void addNew(CLI::App& program, int& status);
void addExport(CLI::App& program, int& status);
void addImport(CLI::App& program, int& status);
void addSet(CLI::App& program, int& status);
void addTypes(CLI::App& program, int& status);
void addCalc(CLI::App& program, int& status);
void addQueue(CLI::App& program, int& status);
void addBalance(CLI::App& program, int& status);

} // namespace plimsoll::gui::cli
