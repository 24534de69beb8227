#include "gui/cli/agreement_table.h"

#include "gui/cli/figures_tables.h"
#include "gui/cli/table.h"
#include "models/assess/agreement_text.h"
#include "models/assess/verdict.h"

#include <fmt/format.h>

namespace plimsoll::gui::cli {

std::string agreementTables(const document::Project& project, const assess::Assessment& solved,
                            const assess::Assessment& simulated) {
    std::string out = "Simulated: " + assess::verdict(project, simulated) + "\n\n";
    std::vector<std::vector<std::string>> rows;
    for (const auto& line : assess::agreement(solved, simulated)) {
        const assess::AgreementText words = assess::agreementText(line);
        rows.push_back(
            {line.name, line.figure, words.solved, words.simulated, words.interval, words.deviation, words.judgement});
    }
    out += table({{"Of", Align::Left},
                  {"figure", Align::Left},
                  {"solved"},
                  {"simulated"},
                  {"95 % interval"},
                  {"off by"},
                  {"solved is", Align::Left}},
                 rows);
    if (const std::string why = assess::whyNotSolved(solved); !why.empty()) out += "Not solved: " + why + "\n";
    for (const auto& problem : simulated.problems) out += problemLine(problem) + "\n";
    return out;
}

} // namespace plimsoll::gui::cli
