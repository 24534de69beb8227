// The program without a window: subcommands, tables for people, JSON for machines (DESIGN.md section 10).
#pragma once

namespace plimsoll::gui::cli {

/// Exit statuses of every command.
enum Status { Done = 0, NoAnswer = 1, BadInput = 2, TargetMissed = 3 };

/// Whether the arguments name a subcommand or an option like --help, rather than a file to open in the window.
bool wanted(int argc, char** argv);
/// Runs the subcommand and returns its exit status; one clear line on stderr on bad input or usage.
int run(int argc, char** argv);

} // namespace plimsoll::gui::cli
