// Unlimited queues with general arrivals and service, processor sharing, contention.
#include "engine/queueing/contention.h"
#include "engine/queueing/erlang.h"
#include "engine/queueing/ggc.h"
#include "engine/queueing/mg1.h"
#include "engine/queueing/mgc.h"
#include "engine/queueing/mmck.h"
#include "models/calc/station_answer.h"
#include "models/calc/station_inputs.h"
#include "models/calc/station_topics.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace plimsoll::calc {
namespace {

constexpr std::array<std::string_view, 2> kSharing{"PS, a request uses at most one server", "PS"};

/// M/G/1 and GI/M/1-like cases exactly where they are, the rest by two moments.
queueing::WaitTransform waitOf(const Offered& offered, double arrivalScv, const Service& service) {
    if (!(offered.rate_per_s > 0)) return {};
    if (arrivalScv == 1 && offered.servers == 1) {
        queueing::WaitTransform wait = queueing::mg1Transform(offered.rate_per_s, service.law);
        wait.wait = queueing::mg1Wait(offered.rate_per_s, service.moments);
        return wait;
    }
    const double waits = queueing::erlangC(offered.servers, offered.load());
    if (arrivalScv == 1 && service.law.phases.size() == 1 && distribution::isExponential(service.law))
        return queueing::gammaTransform(queueing::mmcWait(waits, offered.servers, offered.load(), service.mean()));
    return queueing::gammaTransform(
        queueing::ggcWait({offered.servers, offered.load(), service.mean(), arrivalScv, service.scv(), waits}));
}

std::string_view methodOf(double servers, double arrivalScv, const Service& service) {
    if (arrivalScv != 1) return "ggc";
    if (servers == 1) return "mg1";
    return service.law.phases.size() == 1 && distribution::isExponential(service.law) ? "mmc" : "mgc";
}

flow::Contention readContention(ModelObject& object) {
    return {within(object, "sigma", 0, 1), object.find("kappa") ? within(object, "kappa", 0, 1) : 0};
}

/// The response of a shared station: its law, or the service's where nobody comes.
Quantile sharedQuantile(const queueing::PsStation& station, const Service& service) {
    const flow::Distribution law = station.load > 0 ? queueing::psResponseLaw(station, service.law) : service.law;
    return [law](double level) { return distribution::quantile(law, level).count(); };
}

/// Unlimited: M/G/c-PS.
ordered_json answerUnlimitedSharing(const Offered& offered, const Service& service) {
    StationAnswer answer = answerTo(offered);
    queueing::PsStation station{.servers = offered.servers,
                                .load = offered.load(),
                                .serviceMean_s = service.mean(),
                                .serviceScv = service.scv(),
                                .waitProbability = 0};
    distribution::Cumulants response{service.mean(), 0, 0};
    Quantile quantile;
    if (offered.steady()) {
        station.waitProbability = queueing::erlangC(offered.servers, offered.load());
        response = queueing::psResponseCumulants(station, service.law);
        if (offered.load() > 0) response.mean = queueing::psStretch(station) * service.mean();
        quantile = sharedQuantile(station, service);
    }
    answer.put("stretch", response.mean / service.mean());
    answer.put("response_mean_s", response.mean);
    answer.put("response_second_moment_s2", response.variance + response.mean * response.mean);
    answer.put("number_in_system_mean", offered.rate_per_s * response.mean);
    answer.putQuantiles("response", quantile);
    const bool exponential = service.law.phases.size() == 1 && distribution::isExponential(service.law);
    return answer.finish("ps", exponential ? flow::Exactness::Exact : flow::Exactness::Approximation);
}

/// With a bound, and perhaps contention: insensitive, by the chain of the number present.
ordered_json answerBoundedSharing(const ModelObject& object, const queueing::ContentionStation& station,
                                  const Service& service) {
    const auto figures = queueing::contentionStation(station);
    if (!figures)
        object.at("capacity_in_service_plus_waiting")
            .refuse(fmt::format("is {:.6g}, must be at most {:.6g} here", *station.capacity, queueing::kMostPresent));
    StationAnswer answer;
    answer.set("stable", true);
    answer.set("offered_load_erlangs", station.load);
    answer.set("loss_probability", figures->loss);
    answer.set("throughput_per_s", figures->carriedLoad / service.mean());
    answer.set("utilisation", std::min(1.0, figures->carriedLoad / station.servers));
    answer.set("highest_throughput_per_s", figures->highestSpeed / service.mean());
    answer.set("number_in_system_mean", figures->numberInSystem);
    answer.set("response_mean_s", figures->responseMean_s);
    answer.set("response_mean_accepted_s", figures->responseMean_s);
    if (const auto seen = queueing::sharedStation(station, service.scv()))
        answer.putQuantiles("response", sharedQuantile(*seen, service));
    return answer.finish("ps-bounded", flow::Exactness::Approximation);
}

} // namespace

ordered_json answerGgc(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const double count = servers(object), rate = arrivalRate_per_s(object);
    const Service one = service(object);
    const double ca2 = arrivalScv(object, rate);
    if (object.find("service_scv")) {
        const double given = within(object, "service_scv", 0, 1e12);
        if (std::abs(given - one.scv()) > 1e-6 * std::max(1.0, given))
            object.at("service_scv").refuse(fmt::format("is {:.6g}, but that of the law is {:.6g}", given, one.scv()));
    }
    requireFcfs(object);
    skipWords(object);
    object.finish();
    const Offered offered{count, rate, one.mean()};
    const queueing::WaitTransform wait = offered.steady() ? waitOf(offered, ca2, one) : queueing::WaitTransform{};
    StationAnswer answer = answerQueue(
        offered,
        {.wait = [&] { return wait.wait; },
         .waitQuantile = [&](double level) { return queueing::waitQuantile(wait, level).count(); },
         .responseQuantile = [&](double level) { return queueing::responseQuantile(wait, one.law, level).count(); }});
    const std::string_view method = methodOf(count, ca2, one);
    const bool exact = method == "mmc" || method == "mg1";
    return answer.finish(method, exact ? flow::Exactness::Exact : flow::Exactness::Approximation);
}

ordered_json answerSharing(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const double count = servers(object), rate = arrivalRate_per_s(object);
    const Service one = service(object);
    phrase(object, "discipline", kSharing);
    skipWords(object);
    const bool bounded = object.find("capacity_in_service_plus_waiting"), contended = object.find("sigma");
    if (!bounded && !contended) {
        object.finish();
        return answerUnlimitedSharing({count, rate, one.mean()}, one);
    }
    queueing::ContentionStation station{.servers = count,
                                        .capacity =
                                            wholeWithin(object, "capacity_in_service_plus_waiting", 1, kMostServers),
                                        .load = rate * one.mean(),
                                        .serviceMean_s = one.mean(),
                                        .contention = contended ? readContention(object) : flow::Contention{},
                                        .shared = true};
    object.finish();
    return answerBoundedSharing(object, station, one);
}

ordered_json answerContention(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const double count = servers(object), rate = arrivalRate_per_s(object), mean = exponentialMean(object);
    queueing::ContentionStation station{.servers = count,
                                        .capacity = {},
                                        .load = rate * mean,
                                        .serviceMean_s = mean,
                                        .contention = readContention(object),
                                        .shared = false};
    if (object.find("capacity_in_service_plus_waiting")) station.capacity = capacity(object, count);
    requireFcfs(object);
    skipWords(object);
    object.finish();
    const auto figures = queueing::contentionStation(station);
    if (!figures)
        object.at("servers").refuse(
            fmt::format("is {:.6g}, must be at most {:.6g} here", count, queueing::kMostPresent));
    StationAnswer answer(figures->steady);
    const double most = figures->speed / mean;
    answer.set("stable", figures->steady);
    answer.set("offered_load_erlangs", station.load);
    answer.set("capacity_per_s", most);
    answer.set("carried_rate_per_s", figures->steady ? figures->carriedLoad / mean : most);
    answer.set("backlog_growth_per_s", figures->steady ? 0 : rate - most);
    answer.put("loss_probability", figures->loss);
    answer.put("utilisation", figures->inService / count);
    answer.putWait(figures->wait);
    answer.put("queue_length_mean", figures->numberInSystem - figures->inService);
    answer.put("number_in_system_mean", figures->numberInSystem);
    answer.put("response_mean_s", figures->responseMean_s);
    return answer.finish("contention", flow::Exactness::Exact);
}

ordered_json answerUsl(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const flow::Contention contention = readContention(object);
    const double one = within(object, "throughput_of_one_per_s", 0, kLargest);
    object.finish();
    StationAnswer answer;
    for (const double n : {8.0, 32.0}) {
        const double relative = queueing::relativeCapacity(contention, n);
        answer.set(fmt::format("relative_capacity_at_{}", n), relative);
        answer.set(fmt::format("throughput_at_{}_per_s", n), one * relative);
    }
    const queueing::BestConcurrency best = queueing::bestConcurrency(contention);
    if (best.real) {
        answer.set("best_n_real", *best.real);
        answer.set("best_n_integer", *best.whole);
        answer.set("relative_capacity_at_best_integer", queueing::relativeCapacity(contention, *best.whole));
    } else {
        // Without kappa more never slows down; without sigma too there is no limit at all.
        answer.put("relative_capacity_limit", best.limit.value_or(std::numeric_limits<double>::infinity()));
    }
    return answer.finish("usl", flow::Exactness::Exact);
}

} // namespace plimsoll::calc
