#include "engine/queueing/erlang.h"
#include "engine/queueing/mgc.h"
#include "engine/queueing/mmc.h"
#include "models/calc/station_answer.h"
#include "models/calc/station_inputs.h"
#include "models/calc/station_topics.h"

#include <fmt/format.h>

#include <cmath>

namespace plimsoll::calc {
namespace {

StationAnswer answerTo(const queueing::Mmc& station) {
    const queueing::MmcFigures figures = queueing::mmc(station);
    const Offered offered{station.servers, toPerSecond(station.arrivalRate), toSeconds(station.service)};
    return answerQueue(
        offered, {.wait =
                      [&] {
                          return queueing::mmcWait(figures.waitProbability, station.servers, figures.load,
                                                   offered.serviceMean_s);
                      },
                  .waitQuantile = [&](double level) { return queueing::mmcWaitQuantile(figures, level).count(); },
                  .responseQuantile =
                      [&](double level) { return queueing::mmcResponseQuantile(station, figures, level).count(); }});
}

queueing::Mmc readMmc(ModelObject& object) {
    const double count = servers(object), rate = arrivalRate_per_s(object);
    return {count, PerSecond{rate}, Seconds{exponentialMean(object)}};
}

} // namespace

ordered_json answerErlang(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const double count = servers(object, 0), load = within(object, "offered_load_erlangs", 0, kLargest);
    // The wait in units of a service of 1 s, unless its mean is given.
    const double mean = object.find("service_mean_s") ? within(object, "service_mean_s", 0, kLargest) : 1;
    object.finish();
    const bool steady = load < count;
    StationAnswer answer(steady);
    answer.set("erlang_b", queueing::erlangB(count, load));
    const double waits = steady ? queueing::erlangC(count, load) : 1;
    answer.put("erlang_c", waits);
    answer.put("wait_probability", waits);
    answer.put("wait_mean_s", waits * mean / (count - load));
    ordered_json out = answer.finish("mmc", flow::Exactness::Exact);
    const double logarithm = queueing::logErlangB(count, load);
    out["ln_erlang_b"] = std::isfinite(logarithm) ? ordered_json(logarithm) : ordered_json(nullptr);
    return out;
}

ordered_json answerMmc(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const queueing::Mmc station = readMmc(object);
    requireFcfs(object);
    skipWords(object);
    object.finish();
    return answerTo(station).finish("mmc", flow::Exactness::Exact);
}

ordered_json answerZeroRate(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    if (!object.find("classes")) return answerMmc(inputs);
    const double count = servers(object), mean = exponentialMean(object);
    requireFcfs(object);
    std::vector<std::pair<std::string, double>> rates;
    double total = 0;
    const json& classes = object.array("classes");
    for (std::size_t i = 0; i < classes.size(); ++i) {
        ModelObject one(classes[i], object.at(fmt::format("classes[{}]", i)));
        rates.emplace_back(one.string("name"), arrivalRate_per_s(one));
        one.finish();
        total += rates.back().second;
    }
    object.finish();
    const queueing::Mmc station{count, PerSecond{total}, Seconds{mean}};
    StationAnswer answer = answerTo(station);
    const double carried = std::min(1.0, count / (total * mean));
    const double response = queueing::mmc(station).responseMean.count();
    for (const auto& [name, rate] : rates) {
        // A class without requests has the figures that one would meet, and loses none of them.
        answer.put(fmt::format("response_mean_class_{}_s", name), response);
        answer.set(fmt::format("throughput_class_{}_per_s", name), rate > 0 ? rate * carried : 0);
        answer.set(fmt::format("error_share_class_{}", name), 0.0);
    }
    return answer.finish("mmc", flow::Exactness::Exact);
}

ordered_json answerSplitOrPooled(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    queueing::Mmc station = readMmc(object);
    constexpr std::array<std::string_view, 2> kDispatch{"one shared FCFS queue", "random, one FCFS queue per server"};
    const std::size_t dispatch = phrase(object, "dispatch", kDispatch);
    skipWords(object);
    object.finish();
    if (dispatch == 1) station = {1, PerSecond{toPerSecond(station.arrivalRate) / station.servers}, station.service};
    return answerTo(station).finish("mmc", flow::Exactness::Exact);
}

ordered_json answerSaturation(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const double count = servers(object), rate = arrivalRate_per_s(object), mean = service(object).mean();
    object.finish();
    StationAnswer answer;
    answer.set("capacity_per_s", count / mean);
    answer.put("saturation_load_factor", count / mean / rate);
    return answer.finish("mmc", flow::Exactness::Exact);
}

} // namespace plimsoll::calc
