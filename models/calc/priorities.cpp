// Classes of different priority at one station.
#include "engine/queueing/priority.h"
#include "models/calc/station_answer.h"
#include "models/calc/station_inputs.h"
#include "models/calc/station_topics.h"

#include <fmt/format.h>

#include <algorithm>

namespace plimsoll::calc {
namespace {

struct Input {
    double servers = 1;
    std::vector<queueing::PriorityClass> classes;
    std::vector<flow::Distribution> laws;
    double load() const {
        double sum = 0;
        for (const auto& one : classes) sum += one.arrivalRate_per_s * one.service.first;
        return sum;
    }
};

/// One service for all, or one each.
std::vector<Service> readServices(ModelObject& object, std::size_t count) {
    if (!object.find("services")) return std::vector<Service>(count, service(object));
    const json& values = object.array("services");
    if (values.size() != count)
        object.at("services").refuse(fmt::format("has {} laws for {} arrival_rates_per_s", values.size(), count));
    std::vector<Service> services;
    for (std::size_t i = 0; i < count; ++i) {
        // A reader of one member, for a list's place.
        const json holder{{"law", values[i]}};
        ModelObject one(holder, object.at(fmt::format("services[{}]", i)));
        services.push_back(service(one, "law"));
    }
    return services;
}

Input read(ModelObject& object) {
    Input read;
    read.servers = servers(object);
    const std::vector<double> rates = numbers(object, "arrival_rates_per_s", 0, kLargest);
    std::vector<double> priorities;
    if (object.find("priorities")) {
        priorities = numbers(object, "priorities", 0, 1e6);
        if (priorities.size() != rates.size())
            object.at("priorities")
                .refuse(fmt::format("has {} numbers for {} arrival_rates_per_s", priorities.size(), rates.size()));
    }
    const std::vector<Service> services = readServices(object, rates.size());
    for (std::size_t i = 0; i < rates.size(); ++i) {
        const auto priority = unsigned(priorities.empty() ? double(i) : priorities[i]);
        read.classes.push_back({rates[i], services[i].moments, priority});
        read.laws.push_back(services[i].law);
    }
    skipWords(object);
    object.finish();
    return read;
}

/// `response` gives the quantiles of a class.
ordered_json answer(const Input& input, std::string_view method, const std::vector<queueing::PriorityFigures>& figures,
                    const std::function<Quantile(std::size_t)>& response) {
    StationAnswer all;
    all.set("stable", std::ranges::all_of(figures, &queueing::PriorityFigures::steady));
    all.set("utilisation", std::min(1.0, input.load() / input.servers));
    bool exact = true;
    ordered_json out;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const queueing::PriorityFigures& one = figures[i];
        StationAnswer own(one.steady);
        const auto key = [&](std::string_view name, std::string_view unit) {
            return fmt::format("{}_class{}{}", name, i + 1, unit);
        };
        own.set(key("stable", ""), one.steady);
        own.set(key("carried_rate", "_per_s"), one.carriedRate_per_s);
        own.put(key("wait_mean", "_s"), one.wait.cumulants.mean);
        own.put(key("response_mean", "_s"), one.response.mean);
        own.put(key("queue_length_mean", ""), one.queueLength);
        const Quantile quantile = one.steady ? response(i) : Quantile{};
        for (const auto& [name, level] :
             {std::pair{"response_p50", 0.5}, {"response_p95", 0.95}, {"response_p99", 0.99}, {"response_p999", 0.999}})
            own.put(key(name, "_s"), one.steady ? quantile(level) : 0);
        exact = exact && (one.exact || !one.steady);
        const ordered_json members = own.finish(method, flow::Exactness::Exact);
        for (const auto& [name, value] : members.items())
            if (name != "method" && name != "exactness") out[name] = value;
    }
    ordered_json result = all.finish(method, exact ? flow::Exactness::Exact : flow::Exactness::Approximation);
    for (const auto& [name, value] : out.items()) result[name] = value;
    return result;
}

} // namespace

ordered_json answerNonPreemptive(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const Input input = read(object);
    return answer(input, "priority-nonpreemptive", queueing::nonPreemptivePriority(input.servers, input.classes),
                  [&](std::size_t i) -> Quantile {
                      auto wait = queueing::nonPreemptiveTransform(input.servers, input.classes, input.laws, i);
                      return [wait = std::move(wait), law = input.laws[i]](double level) {
                          return queueing::responseQuantile(wait, law, level).count();
                      };
                  });
}

ordered_json answerPreemptive(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const Input input = read(object);
    const auto figures = queueing::preemptivePriority(input.servers, input.classes);
    return answer(input, "priority-preemptive", figures, [&](std::size_t i) -> Quantile {
        auto law = queueing::preemptiveLaw(input.servers, input.classes, input.laws, i);
        return [law = std::move(law), mean = figures[i].response.mean](double level) {
            return queueing::preemptiveResponseQuantile(law, level, mean).count();
        };
    });
}

} // namespace plimsoll::calc
