// plimsoll balance: servers behind a balancer, one policy or all side by side.
#include "models/calc/balance.h"

#include "gui/cli/command.h"
#include "gui/cli/project_source.h"
#include "gui/cli/quantity_option.h"
#include "gui/cli/table.h"
#include "models/text/figure_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace plimsoll::gui::cli {
namespace {

struct BalanceArguments {
    calc::BalanceQuestion question;
    std::string rate, service, held, signalAge, discipline = "fcfs";
    double utilisation = 0;
    bool json = false;
    const CLI::Option* utilisationGiven = nullptr;
};

calc::BalanceQuestion questionOf(const BalanceArguments& arguments) {
    calc::BalanceQuestion question = arguments.question;
    const auto duration = [](const char* option, const std::string& typed) {
        return Seconds{typed.empty() ? 0 : quantity(option, typed, components::Dimension::Time)};
    };
    question.service = duration("--service", arguments.service);
    question.heldElsewhere = duration("--held", arguments.held);
    question.signalAge = duration("--signal-age", arguments.signalAge);
    question.sharing = arguments.discipline == "ps";
    if (!arguments.rate.empty())
        question.rate = PerSecond{quantity("--rate", arguments.rate, components::Dimension::Rate)};
    if (arguments.utilisationGiven->count() > 0) question.utilisation = arguments.utilisation;
    return question;
}

/// "25 %", or from the least to the most.
std::string sharesText(const std::vector<double>& shares) {
    const auto [least, most] = std::ranges::minmax_element(shares);
    const std::string lowest = text::share(*least).joined();
    return *least == *most ? lowest : fmt::format("{} – {}", lowest, text::share(*most).joined());
}

std::string utilisationText(const calc::BalanceRow& row) {
    std::string most = text::utilisation(row.mostUtilisation).joined();
    if (row.leastUtilisation == row.mostUtilisation) return most;
    return fmt::format("{} – {}", text::utilisation(row.leastUtilisation).joined(), most);
}

std::string tables(const calc::BalanceAnswer& answer) {
    std::vector<std::vector<std::string>> rows;
    bool outside = false, overloaded = false;
    for (const calc::BalanceRow& row : answer.rows) {
        outside = outside || !row.insideValidity;
        overloaded = overloaded || !row.mean;
        rows.push_back({row.policy, text::duration(row.mean).joined(), text::duration(row.p50).joined(),
                        text::duration(row.p95).joined(), text::duration(row.p99).joined(), utilisationText(row),
                        sharesText(row.shares), text::rate(row.capacity).joined(),
                        fmt::format("{}{}{}", row.method, row.exact ? ", exact" : "", row.insideValidity ? "" : " *")});
    }
    std::string out = table({{"Policy", Align::Left},
                             {"mean"},
                             {"p50"},
                             {"p95"},
                             {"p99"},
                             {"utilisation"},
                             {"share of a server"},
                             {"capacity"},
                             {"Method", Align::Left}},
                            rows);
    if (overloaded) out += "\n– no steady state: a server gets more than it can do.\n";
    if (outside) out += "\n* outside the range that was measured: a rough guide.\n";
    return out;
}

int balance(const BalanceArguments& arguments) {
    const auto answer = calc::answerBalance(questionOf(arguments));
    if (!answer) badInput(answer.error());
    writeText(arguments.json ? answer->json : tables(*answer), "-");
    return Done;
}

} // namespace

void addBalance(CLI::App& program, int& status) {
    auto* command = program.add_subcommand("balance", "Servers behind a balancer: policies side by side, by formula");
    auto arguments = std::make_shared<BalanceArguments>();
    auto& question = arguments->question;
    command->add_option("--policy", question.policy, "One policy, as least-connections (default: all of them)");
    command->add_option("--servers", question.servers, "Equal servers (default 1)");
    command->add_option("--speeds", question.speeds, "Speed of each server in place of their number (2,1,1)")
        ->delimiter(',');
    command->add_option("--weights", question.weights, "Weight of each server (default: its speed)")->delimiter(',');
    command->add_option("--cores", question.cores, "Cores of each server (default 1)");
    command->add_option("--discipline", arguments->discipline, "fcfs (default), or ps: a server's cores are shared")
        ->check(CLI::IsMember({"fcfs", "ps"}));
    command->add_option("--rate", arguments->rate, "All arrivals (\"800/s\")");
    arguments->utilisationGiven =
        command
            ->add_option("--utilisation", arguments->utilisation, "Of all servers together, in place of a rate (0.7)")
            ->check(CLI::Range(0.0, 1e6));
    command->add_option("--service", arguments->service, "Mean service time at speed 1 (\"10 ms\")")->required();
    command->add_option("--scv", question.serviceScv, "Service variance over squared mean (default 1; 0 constant)");
    command->add_option("--arrival-scv", question.arrivalScv, "The same of the time between arrivals (default 1)");
    command->add_option("--balancers", question.balancers, "Balancers that do not know of each other (default 1)");
    command->add_option("--held", arguments->held, "A connection stays open this much longer, for calls downstream");
    command->add_option("--signal-age", arguments->signalAge, "Age of the signals that policies go by (default: none)");
    command->add_flag("--json", arguments->json, "Print JSON, SI units, the unit in the key's name");
    command->callback([arguments, &status] { status = balance(*arguments); });
}

} // namespace plimsoll::gui::cli
