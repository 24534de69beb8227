#include "engine/network/retries.h"

#include "engine/distribution/survival_integral.h"
#include "engine/queueing/mmc.h"
#include "models/calc/network_inputs.h"
#include "models/calc/network_topics.h"
#include "models/calc/station_answer.h"
#include "models/calc/station_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace plimsoll::calc {
namespace {

/// A station whose mean response is that of M/M/c: sharing with any law, or in order of arrival with an exponential.
Offered readStation(ModelObject& object, double rate_per_s) {
    constexpr std::array<std::string_view, 2> kDisciplines{"FCFS", "PS"};
    const bool sharing = phrase(object, "discipline", kDisciplines) == 1;
    const double count = servers(object);
    return {count, rate_per_s, sharing ? service(object).mean() : exponentialMean(object)};
}

network::RetryFigures readRetries(ModelObject& object) {
    constexpr double kMostAttempts = 1e9;
    network::Retries policy;
    policy.failureProbability = within(object, "attempt_failure_probability", 0, 1);
    if (object.find("max_attempts")) policy.maxAttempts = wholeWithin(object, "max_attempts", 1, kMostAttempts);
    const auto figures = network::retries(policy);
    if (!figures)
        object.at("max_attempts")
            .refuse(
                fmt::format("is left out although every attempt fails (attempt_failure_probability 1): retries would "
                            "never end, it must lie in 1 to {:.0e}",
                            kMostAttempts));
    return *figures;
}

} // namespace

ordered_json answerRetry(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const network::RetryFigures retries = readRetries(object);
    const double fresh = within(object, "fresh_rate_per_s", 0, kLargest), rate = fresh * retries.attempts;
    const double pause = object.find("backoff_constant_s") ? time_s(object, "backoff_constant_s") : 0;
    std::optional<Offered> station;
    if (const json* value = object.find("station")) {
        ModelObject inner(*value, object.at("station"));
        station = readStation(inner, rate);
        inner.finish();
    }
    skipWords(object);
    object.finish();
    StationAnswer answer = station ? answerTo(*station) : StationAnswer();
    answer.set("amplification", retries.attempts);
    answer.set("attempts_per_request_mean", retries.attempts);
    answer.set("attempt_rate_per_s", rate);
    answer.set("error_share", retries.errorShare);
    if (station) {
        const queueing::MmcFigures figures =
            queueing::mmc({station->servers, PerSecond{rate}, Seconds{station->serviceMean_s}});
        const double response = figures.responseMean.count();
        const auto lasting = [&](double attempts) { return attempts * response + (attempts - 1) * pause; };
        answer.set("station_rate_per_s", rate);
        answer.set("fresh_rate_at_saturation_per_s", station->servers / station->serviceMean_s / retries.attempts);
        answer.put("response_mean_s", lasting(retries.attempts)); // until the request ends, one way or the other
        answer.put("response_mean_successful_s",
                   retries.errorShare < 1 ? lasting(retries.attemptsOfSuccess) : std::nan(""));
    }
    return answer.finish("retries", station ? flow::Exactness::Approximation : flow::Exactness::Exact);
}

ordered_json answerMetastableRetries(const json& inputs) {
    constexpr double kMostRetries = 1e6;
    ModelObject object = inputsOf(inputs);
    network::RetryStation station;
    station.servers = servers(object);
    station.capacity = capacity(object, station.servers);
    station.serviceMean_s = exponentialMean(object);
    station.freshRate_per_s = positiveRate_per_s(object, "fresh_rate_per_s");
    station.timeout_s = positiveRate_per_s(object, "client_timeout_s");
    station.maxRetries = wholeWithin(object, "max_retries", 0, kMostRetries);
    skipWords(object);
    object.finish();
    const auto points = network::retryFixedPoints(station);
    if (!points)
        object.at("capacity_in_service_plus_waiting")
            .refuse(fmt::format("is {:.6g}, too many places to be looked at one by one with {:.6g} servers",
                                station.capacity, station.servers));
    StationAnswer answer;
    answer.set("number_of_fixed_points", double(points->size()));
    answer.put("attempt_rate_lowest_per_s", points->front().attemptRate_per_s);
    answer.put("failure_share_of_requests_lowest", points->front().requestFailure);
    const bool several = points->size() > 1;
    const double none = std::nan("");
    answer.put("attempt_rate_unstable_per_s", several ? points->at(1).attemptRate_per_s : none);
    answer.put("attempt_rate_highest_per_s", several ? points->back().attemptRate_per_s : none);
    answer.put("failure_share_of_requests_highest", several ? points->back().requestFailure : none);
    return answer.finish("metastable-retries", flow::Exactness::Approximation);
}

ordered_json answerTimeout(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const double rate = arrivalRate_per_s(object), timeout = positiveRate_per_s(object, "timeout_s");
    Offered offered;
    const auto readQueue = [&](ModelObject& station) {
        requireFcfs(station);
        const double count = servers(station);
        offered = {count, rate, exponentialMean(station)};
    };
    if (const json* value = object.find("station")) {
        ModelObject inner(*value, object.at("station"));
        readQueue(inner);
        inner.finish();
    } else {
        readQueue(object);
    }
    skipWords(object);
    object.finish();
    StationAnswer answer = answerTo(offered);
    const queueing::Mmc station{offered.servers, PerSecond{rate}, Seconds{offered.serviceMean_s}};
    const queueing::MmcFigures figures = queueing::mmc(station);
    // Without a steady state everybody comes to wait longer than any timeout.
    double late = 1, caller = timeout;
    if (offered.steady()) {
        const auto survival = [&](double t) { return queueing::mmcResponseSurvival(station, figures, t); };
        late = survival(timeout);
        caller = distribution::survivalIntegral(survival, 0, timeout, figures.responseMean.count());
    }
    answer.set("error_share", late);
    answer.set("goodput_per_s", rate * (1 - late));
    answer.set("caller_time_mean_s", caller);
    answer.put("response_mean_successful_s", late < 1 ? (caller - timeout * late) / (1 - late) : std::nan(""));
    return answer.finish("timeout", flow::Exactness::Exact);
}

} // namespace plimsoll::calc
