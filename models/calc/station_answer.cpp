#include "models/calc/station_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace plimsoll::calc {

void StationAnswer::put(std::string_view key, double value) {
    m_out[std::string(key)] = m_steady && std::isfinite(value) ? ordered_json(value) : ordered_json(nullptr);
}

void StationAnswer::putQuantiles(std::string_view prefix, const Quantile& quantile) {
    constexpr std::array<std::pair<std::string_view, double>, 5> kLevels{
        {{"p50", 0.5}, {"p90", 0.9}, {"p95", 0.95}, {"p99", 0.99}, {"p999", 0.999}}};
    for (const auto& [name, level] : kLevels) put(fmt::format("{}_{}_s", prefix, name), m_steady ? quantile(level) : 0);
}

void StationAnswer::putWait(const queueing::Wait& wait) {
    const double mean = wait.cumulants.mean, variance = wait.cumulants.variance;
    put("wait_probability", wait.probability);
    put("wait_mean_s", mean);
    put("wait_second_moment_s2", variance + mean * mean);
    if (mean > 0) put("wait_scv", variance / mean / mean);
}

ordered_json StationAnswer::finish(std::string_view method, flow::Exactness exactness) {
    putMethod(m_out, method, exactness);
    return std::move(m_out);
}

StationAnswer answerTo(const Offered& offered) {
    StationAnswer answer(offered.steady());
    const double capacity = offered.servers / offered.serviceMean_s;
    answer.set("stable", offered.steady());
    answer.set("offered_load_erlangs", offered.load());
    answer.set("utilisation", std::min(1.0, offered.load() / offered.servers));
    answer.set("carried_rate_per_s", std::min(offered.rate_per_s, capacity));
    answer.set("backlog_growth_per_s", std::max(0.0, offered.rate_per_s - capacity));
    return answer;
}

StationAnswer answerQueue(const Offered& offered, const QueueFigures& figures) {
    StationAnswer answer = answerTo(offered);
    const queueing::Wait wait = offered.steady() ? figures.wait() : queueing::Wait{};
    answer.putWait(wait);
    const double mean = wait.cumulants.mean;
    answer.put("queue_length_mean", offered.rate_per_s * mean);
    answer.put("number_in_system_mean", offered.rate_per_s * mean + offered.load());
    answer.put("response_mean_s", mean + offered.serviceMean_s);
    answer.putQuantiles("wait", figures.waitQuantile);
    answer.putQuantiles("response", figures.responseQuantile);
    return answer;
}

} // namespace plimsoll::calc
