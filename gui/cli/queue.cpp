// plimsoll queue: one station on its own, its figures and how they are computed.
#include "models/calc/queue.h"

#include "gui/cli/command.h"
#include "gui/cli/project_source.h"
#include "gui/cli/quantity_option.h"
#include "gui/cli/table.h"
#include "models/text/figure_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>

namespace plimsoll::gui::cli {
namespace {

struct QueueArguments {
    std::vector<std::string> rates;
    std::string service, patience, setup, discipline = "fcfs", patienceLaw = "exponential";
    calc::QueueQuestion question;
    double capacity = 0, sigma = 0;
    bool json = false;
    const CLI::Option *capacityGiven = nullptr, *sigmaGiven = nullptr;
};

Seconds duration(const char* option, const std::string& typed) {
    return Seconds{quantity(option, typed, components::Dimension::Time)};
}

const std::vector<std::string> kDisciplines{"fcfs", "ps", "priority", "preemptive"};

calc::QueueQuestion questionOf(const QueueArguments& arguments) {
    calc::QueueQuestion question = arguments.question;
    for (const std::string& rate : arguments.rates)
        question.rates.push_back(PerSecond{quantity("--rate", rate, components::Dimension::Rate)});
    question.service = duration("--service", arguments.service);
    if (!arguments.patience.empty()) question.patience = duration("--patience", arguments.patience);
    if (!arguments.setup.empty()) question.setup = duration("--setup", arguments.setup);
    question.constantPatience = arguments.patienceLaw == "constant";
    const auto discipline = std::ranges::find(kDisciplines, arguments.discipline);
    question.discipline = calc::QueueDiscipline(discipline - kDisciplines.begin());
    if (arguments.capacityGiven->count() > 0) question.capacity = arguments.capacity;
    if (arguments.sigmaGiven->count() > 0) question.sigma = arguments.sigma;
    return question;
}

std::string figureText(const calc::QueueFigure& figure) {
    switch (figure.kind) {
    case calc::QueueFigure::Time:
        return text::duration(figure.value ? std::optional(Seconds{*figure.value}) : std::nullopt).joined();
    case calc::QueueFigure::Share: return text::share(figure.value).joined();
    case calc::QueueFigure::Rate:
        return text::rate(figure.value ? std::optional(PerSecond{*figure.value}) : std::nullopt).joined();
    case calc::QueueFigure::Count: return figure.value ? text::significant(*figure.value) : "–";
    }
    return {};
}

std::string tables(const calc::QueueAnswer& answer) {
    std::vector<std::vector<std::string>> rows;
    rows.reserve(answer.figures.size());
    for (const calc::QueueFigure& figure : answer.figures) rows.push_back({figure.name, figureText(figure)});
    std::string out = answer.stable ? "" : "Overloaded: more arrives than can be served; there is no steady wait.\n\n";
    out += table({{"Figure", Align::Left}, {"value"}}, rows);
    out += fmt::format("\n{}\nAssumes: {}\nValidity: {}\nSource: {}\n", answer.method, answer.assumptions,
                       answer.validity, answer.source);
    return out;
}

/// The option that an input of the topic comes from; empty: none.
std::string_view optionOf(std::string_view field) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kOptions{
        {{"arrival_rate", "--rate"},
         {"batch", "--batch"},
         {"servers", "--servers"},
         {"service.scv", "--scv"},
         {"service", "--service"},
         {"interarrival_scv", "--arrival-scv"},
         {"discipline", "--discipline"},
         {"capacity", "--capacity"},
         {"patience", "--patience"},
         {"setup", "--setup"},
         {"sigma", "--sigma"},
         {"kappa", "--kappa"}}};
    for (const auto& [start, option] : kOptions)
        if (field.starts_with(start)) return option;
    return {};
}

/// In the words of the command line.
[[noreturn]] void refuse(const document::Error& error) {
    const std::string_view option = optionOf(error.field);
    if (option.empty()) badInput(error);
    if (error.message.find("no known key") != std::string::npos)
        badInput(fmt::format("{} cannot be combined with the other options: no formula has both", option));
    badInput(fmt::format("{} {}", option, error.message));
}

int queue(const QueueArguments& arguments) {
    const auto answer = calc::answerQueue(questionOf(arguments));
    if (!answer) refuse(answer.error());
    writeText(arguments.json ? answer->json : tables(*answer), "-");
    return Done;
}

} // namespace

void addQueue(CLI::App& program, int& status) {
    auto* command = program.add_subcommand("queue", "One station on its own: wait, response, loss, by formula");
    auto arguments = std::make_shared<QueueArguments>();
    auto& question = arguments->question;
    command->add_option("--rate", arguments->rates, "Arrivals (\"800/s\"); several: classes, the first served first")
        ->required()
        ->delimiter(',');
    command->add_option("--service", arguments->service, "Mean service time (\"10 ms\")")->required();
    command->add_option("--servers", question.servers, "Servers or cores (default 1)");
    command->add_option("--scv", question.serviceScv, "Service variance over squared mean (default 1; 0 constant)");
    command->add_option("--arrival-scv", question.arrivalScv, "The same of the time between arrivals (default 1)");
    command->add_option("--discipline", arguments->discipline, "fcfs (default), ps, priority or preemptive")
        ->check(CLI::IsMember(kDisciplines));
    arguments->capacityGiven =
        command->add_option("--capacity", arguments->capacity, "Places, waiting and in service; others are refused");
    command->add_option("--patience", arguments->patience, "Mean time after which a waiting request gives up");
    command->add_option("--patience-law", arguments->patienceLaw, "exponential (default) or constant")
        ->check(CLI::IsMember({"exponential", "constant"}));
    command->add_option("--setup", arguments->setup, "Time to start the one server that switches off when idle");
    arguments->sigmaGiven =
        command->add_option("--sigma", arguments->sigma, "Contention of the universal scalability law, 0 to 1");
    command->add_option("--kappa", question.kappa, "Its coherence, 0 to 1 (with --sigma)");
    command->add_option("--batch", question.batch, "Mean size of the batches in which requests come (default 1)")
        ->check(CLI::Range(1.0, 1e9));
    command->add_flag("--json", arguments->json, "Print JSON, SI units, the unit in the key's name");
    command->callback([arguments, &status] { status = queue(*arguments); });
}

} // namespace plimsoll::gui::cli
