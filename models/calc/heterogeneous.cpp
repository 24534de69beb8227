// Servers of different speed behind one queue.
#include "engine/queueing/heterogeneous.h"

#include "engine/flow/check.h"
#include "models/calc/station_answer.h"
#include "models/calc/station_inputs.h"
#include "models/calc/station_topics.h"

#include <algorithm>
#include <numeric>

namespace plimsoll::calc {

ordered_json answerHeterogeneous(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const std::vector<double> rates = numbers(object, "server_rates_per_s", flow::kSmallest, flow::kLargest);
    const double rate = arrivalRate_per_s(object);
    constexpr std::array<std::string_view, 2> kDispatch{"random idle", "fastest idle"};
    const auto choice = queueing::IdleChoice(phrase(object, "dispatch", kDispatch));
    constexpr std::array<std::string_view, 1> kService{"exponential at the rate of the server that takes the request"};
    phrase(object, "service", kService);
    requireFcfs(object);
    skipWords(object);
    object.finish();
    std::vector<queueing::ServerGroup> groups;
    for (const double one : rates) {
        const auto known = std::ranges::find(groups, one, &queueing::ServerGroup::rate_per_s);
        if (known != groups.end())
            ++known->count;
        else
            groups.push_back({one, 1});
    }
    const double all = std::accumulate(rates.begin(), rates.end(), 0.0);
    const auto figures = queueing::heterogeneousServers(rate, groups, choice);
    StationAnswer answer(figures.steady);
    answer.set("stable", figures.steady);
    answer.set("utilisation", std::min(1.0, figures.utilisation));
    answer.set("carried_rate_per_s", std::min(rate, all));
    answer.set("backlog_growth_per_s", std::max(0.0, rate - all));
    answer.putWait(figures.wait);
    answer.put("queue_length_mean", figures.queueLength);
    answer.put("number_in_system_mean", figures.numberInSystem);
    answer.put("response_mean_s", figures.responseMean_s);
    answer.putQuantiles("response", [&](double level) {
        return queueing::heterogeneousQuantile(rate, groups, figures, level).count();
    });
    ordered_json out =
        answer.finish("heterogeneous", figures.exact ? flow::Exactness::Exact : flow::Exactness::Approximation);
    if (!figures.steady) return out;
    for (const double one : rates) {
        const auto group = std::ranges::find(groups, one, &queueing::ServerGroup::rate_per_s);
        out["server_utilisation"].push_back(figures.groupUtilisation[std::size_t(group - groups.begin())]);
    }
    return out;
}

} // namespace plimsoll::calc
