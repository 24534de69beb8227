// Queues that refuse, loss without a queue, and how many servers are enough.
#include "engine/queueing/finite_queue.h"

#include "engine/flow/check.h"
#include "engine/queueing/erlang.h"
#include "engine/queueing/mmck.h"
#include "engine/queueing/sizing.h"
#include "models/calc/station_answer.h"
#include "models/calc/station_inputs.h"
#include "models/calc/station_topics.h"

#include <fmt/format.h>

namespace plimsoll::calc {
namespace {

void putFinite(StationAnswer& answer, const queueing::FiniteFigures& figures, double servers, double serviceMean_s) {
    answer.set("stable", true);
    answer.set("loss_probability", figures.loss);
    answer.set("throughput_per_s", figures.carriedLoad / serviceMean_s);
    answer.set("utilisation", figures.carriedLoad / servers);
    answer.set("mean_busy", figures.carriedLoad);
    answer.set("queue_length_mean", figures.queueLength);
    answer.set("number_in_system_mean", figures.numberInSystem);
    answer.set("wait_probability_accepted", figures.wait.probability);
    answer.set("wait_mean_accepted_s", figures.wait.cumulants.mean);
    answer.set("response_mean_accepted_s", figures.wait.cumulants.mean + serviceMean_s);
}

} // namespace

ordered_json answerMmck(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    queueing::FiniteStation station;
    station.servers = servers(object);
    station.capacity = capacity(object, station.servers);
    const double rate = arrivalRate_per_s(object);
    station.serviceMean_s = exponentialMean(object);
    station.load = rate * station.serviceMean_s;
    requireFcfs(object);
    skipWords(object);
    object.finish();
    StationAnswer answer;
    putFinite(answer, queueing::finiteQueue(station), station.servers, station.serviceMean_s);
    answer.putQuantiles("wait_accepted",
                        [&](double level) { return queueing::finiteWaitQuantile(station, level).count(); });
    answer.putQuantiles("response_accepted",
                        [&](double level) { return queueing::finiteResponseQuantile(station, level).count(); });
    return answer.finish("mmck", flow::Exactness::Exact);
}

ordered_json answerFiniteQueue(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    queueing::GeneralFiniteStation station;
    station.servers = servers(object);
    station.capacity = capacity(object, station.servers);
    station.arrivalRate_per_s = arrivalRate_per_s(object);
    const Service one = service(object);
    station.service = one.law;
    requireFcfs(object);
    skipWords(object);
    object.finish();
    const queueing::GeneralFiniteFigures found = queueing::generalFiniteQueue(station);
    StationAnswer answer;
    putFinite(answer, found.figures, station.servers, one.mean());
    const queueing::WaitTransform wait = queueing::gammaTransform(found.figures.wait);
    answer.putQuantiles("wait_accepted", [&](double level) { return queueing::waitQuantile(wait, level).count(); });
    answer.putQuantiles("response_accepted",
                        [&](double level) { return queueing::responseQuantile(wait, one.law, level).count(); });
    constexpr std::array<std::string_view, 3> kMethods{"mgck", "mgck-two-phases", "mgck-interpolated"};
    return answer.finish(kMethods[std::size_t(found.method)], found.method == queueing::FiniteMethod::Exact
                                                                  ? flow::Exactness::Exact
                                                                  : flow::Exactness::Approximation);
}

ordered_json answerLoss(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const double count = servers(object), places = capacity(object, count), rate = arrivalRate_per_s(object);
    if (places != count)
        object.at("capacity_in_service_plus_waiting")
            .refuse(fmt::format("is {:.6g}, must be the number of servers, {:.6g}: nobody waits here", places, count));
    // Any law of this mean, also one that is only named: the figures do not depend on it.
    const json& given = object.required("service");
    ModelObject law(given, object.at("service"));
    const double mean = within(law, "mean_s", flow::kSmallest, flow::kLargest);
    for (const std::string_view key : {"law", "scv", "phases", "branches"}) law.find(key);
    law.finish();
    skipWords(object);
    object.finish();
    const queueing::FiniteStation station{count, places, rate * mean, mean};
    StationAnswer answer;
    putFinite(answer, queueing::finiteQueue(station), count, mean);
    return answer.finish("erlang-b", flow::Exactness::Exact);
}

ordered_json answerSizing(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    StationAnswer answer;
    constexpr double kSmallest = 1e-300;
    if (object.find("mean_busy")) {
        const double load = within(object, "mean_busy", 0, kLargest);
        const double count = queueing::serversForBusy(load, within(object, "overflow_probability", kSmallest, 1));
        answer.set("servers", count);
        answer.set("probability_at_answer", queueing::busyBeyond(count, load));
    } else if (object.find("loss_probability_at_most")) {
        const double load = within(object, "offered_load_erlangs", 0, kLargest);
        const double count = queueing::serversForLoss(load, within(object, "loss_probability_at_most", kSmallest, 1));
        answer.set("servers", count);
        answer.set("erlang_b_at_answer", queueing::erlangB(count, load));
    } else {
        const double load = within(object, "offered_load_erlangs", 0, kLargest);
        const double count = queueing::serversForWait(load, within(object, "wait_probability_at_most", kSmallest, 1));
        answer.set("servers", count);
        answer.set("erlang_c_at_answer", queueing::erlangC(count, load));
    }
    skipWords(object);
    object.finish();
    return answer.finish("sizing", flow::Exactness::Exact);
}

} // namespace plimsoll::calc
