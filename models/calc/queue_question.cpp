#include "engine/solve/methods.h"
#include "models/calc/calc.h"
#include "models/calc/queue.h"
#include "models/exchange/canonical_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>

namespace plimsoll::calc {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

json lawOf(Seconds mean, double scv) {
    if (scv == 1) return {{"law", "exponential"}, {"mean_s", mean.count()}};
    if (scv == 0) return {{"law", "constant"}, {"mean_s", mean.count()}};
    return {{"mean_s", mean.count()}, {"scv", scv}};
}

json inputsOf(const QueueQuestion& question) {
    constexpr std::array<const char*, 4> kDisciplines{"FCFS", "PS", "priority", "preemptive"};
    json inputs{{"servers", question.servers},
                {"service", lawOf(question.service, question.serviceScv)},
                {"discipline", kDisciplines[std::size_t(question.discipline)]}};
    const bool byClass = question.discipline == QueueDiscipline::Priority ||
                         question.discipline == QueueDiscipline::Preemptive || question.rates.size() > 1;
    if (byClass) {
        for (const PerSecond rate : question.rates) inputs["arrival_rates_per_s"].push_back(toPerSecond(rate));
    } else {
        const double rate = question.rates.empty() ? 0 : toPerSecond(question.rates.front());
        if (question.batch == 1)
            inputs["arrival_rate_per_s"] = rate;
        else {
            inputs["batch_rate_per_s"] = rate / question.batch;
            inputs["batch_size"] = {{"law", "geometric"}, {"mean", question.batch}};
        }
    }
    if (question.arrivalScv != 1) inputs["interarrival_scv"] = question.arrivalScv;
    if (question.capacity) inputs["capacity_in_service_plus_waiting"] = *question.capacity;
    if (question.patience) inputs["patience"] = lawOf(*question.patience, question.constantPatience ? 0 : 1);
    if (question.setup) inputs["setup"] = lawOf(*question.setup, 0);
    if (question.sigma) {
        inputs["sigma"] = *question.sigma;
        inputs["kappa"] = question.kappa;
    }
    return inputs;
}

struct Named {
    std::string_view key, name;
    QueueFigure::Kind kind;
};
constexpr std::array kFigures{
    Named{"utilisation", "utilisation", QueueFigure::Share},
    Named{"offered_load_erlangs", "offered load (servers)", QueueFigure::Count},
    Named{"carried_rate_per_s", "carried", QueueFigure::Rate},
    Named{"throughput_per_s", "carried", QueueFigure::Rate},
    Named{"backlog_growth_per_s", "backlog grows by", QueueFigure::Rate},
    Named{"loss_probability", "refused", QueueFigure::Share},
    Named{"abandon_probability", "given up", QueueFigure::Share},
    Named{"wait_probability", "have to wait", QueueFigure::Share},
    Named{"wait_probability_accepted", "have to wait", QueueFigure::Share},
    Named{"queue_length_mean", "waiting", QueueFigure::Count},
    Named{"number_in_system_mean", "present", QueueFigure::Count},
    Named{"wait_mean_s", "wait, mean", QueueFigure::Time},
    Named{"wait_mean_accepted_s", "wait, mean", QueueFigure::Time},
    Named{"wait_mean_served_s", "wait, mean", QueueFigure::Time},
    Named{"response_mean_s", "response, mean", QueueFigure::Time},
    Named{"response_mean_accepted_s", "response, mean", QueueFigure::Time},
    Named{"response_mean_served_s", "response, mean", QueueFigure::Time},
};
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kLevels{
    {{"p50", "p50"}, {"p90", "p90"}, {"p95", "p95"}, {"p99", "p99"}, {"p999", "p99.9"}}};

std::optional<double> numberOf(const ordered_json& value) {
    return value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
}

void addIfThere(const ordered_json& results, const std::string& key, std::string name, QueueFigure::Kind kind,
                QueueAnswer& answer) {
    const auto found = results.find(key);
    if (found == results.end()) return;
    const auto same = [&](const QueueFigure& figure) { return figure.name == name; };
    if (std::ranges::any_of(answer.figures, same)) return;
    answer.figures.push_back({std::move(name), kind, numberOf(*found)});
}

void addFigures(const ordered_json& results, QueueAnswer& answer) {
    for (const auto& [key, name, kind] : kFigures)
        addIfThere(results, std::string(key), std::string(name), kind, answer);
    for (const auto& [level, name] : kLevels)
        for (const std::string_view of : {"", "_accepted", "_served"})
            addIfThere(results, fmt::format("response{}_{}_s", of, level), fmt::format("response, {}", name),
                       QueueFigure::Time, answer);
    for (std::size_t i = 1; results.contains(fmt::format("stable_class{}", i)); ++i) {
        const auto add = [&](std::string_view key, std::string_view unit, std::string_view name,
                             QueueFigure::Kind kind) {
            addIfThere(results, fmt::format("{}_class{}{}", key, i, unit), fmt::format("class {}: {}", i, name), kind,
                       answer);
        };
        add("carried_rate", "_per_s", "carried", QueueFigure::Rate);
        add("wait_mean", "_s", "wait, mean", QueueFigure::Time);
        add("response_mean", "_s", "response, mean", QueueFigure::Time);
        for (const auto& [level, name] : kLevels)
            add(fmt::format("response_{}", level), "_s", fmt::format("response, {}", name), QueueFigure::Time);
    }
}

} // namespace

std::expected<QueueAnswer, document::Error> answerQueue(const QueueQuestion& question) {
    const json document{{"cases", json::array({{{"topic", "station"}, {"inputs", inputsOf(question)}}})}};
    const auto text = answer(document.dump());
    if (!text) return std::unexpected(text.error());
    const ordered_json one = ordered_json::parse(*text).at("cases").at(0);
    if (one.contains("error")) {
        const ordered_json& error = one.at("error");
        return std::unexpected(
            document::Error{error.at("element"), error.at("field"), error.at("message").get<std::string>()});
    }
    const ordered_json& results = one.at("results");
    QueueAnswer answer;
    answer.stable = results.at("stable").get<bool>();
    answer.json = exchange::canonicalText(results);
    addFigures(results, answer);
    if (const flow::MethodText* method = flow::findMethod(results.at("method").get<std::string>())) {
        answer.method = method->name;
        answer.assumptions = method->assumptions;
        answer.validity = method->validity;
        answer.source = method->source;
    }
    return answer;
}

} // namespace plimsoll::calc
