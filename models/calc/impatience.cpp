// Requests that give up while they wait.
#include "engine/queueing/impatience.h"

#include "engine/distribution/inversion.h"
#include "models/calc/station_answer.h"
#include "models/calc/station_inputs.h"
#include "models/calc/station_topics.h"

namespace plimsoll::calc {
namespace {

enum class Patience { Exponential, Constant };

queueing::ImpatientStation read(ModelObject& object, Patience kind) {
    queueing::ImpatientStation station;
    station.servers = servers(object);
    const double rate = arrivalRate_per_s(object);
    station.serviceMean_s = exponentialMean(object);
    station.load = rate * station.serviceMean_s;
    const flow::Distribution patience = law(object, "patience");
    const bool fits = kind == Patience::Exponential
                          ? patience.phases.size() == 1 && distribution::isExponential(patience)
                          : distribution::isConstant(patience);
    if (!fits) object.at("patience").refuse(kind == Patience::Exponential ? "is not exponential" : "is not constant");
    station.patience_s = distribution::mean(patience).count();
    requireFcfs(object);
    skipWords(object);
    object.finish();
    return station;
}

ordered_json answer(const queueing::ImpatientStation& station, const queueing::ImpatientFigures& figures,
                    std::string_view method, const std::function<double(double)>& survival) {
    StationAnswer answer;
    answer.set("stable", true);
    answer.set("wait_probability", figures.waitProbability);
    answer.set("wait_or_abandon_probability", figures.waitProbability);
    answer.set("abandon_probability", figures.abandonProbability);
    answer.set("throughput_per_s", figures.carriedLoad / station.serviceMean_s);
    answer.set("utilisation", figures.carriedLoad / station.servers);
    answer.set("queue_length_mean", figures.queueLength);
    answer.set("wait_mean_all_s", figures.waitMeanAll_s);
    answer.set("wait_mean_served_s", figures.served.cumulants.mean);
    answer.set("response_mean_served_s", figures.served.cumulants.mean + station.serviceMean_s);
    answer.putQuantiles("wait_served", [&](double level) {
        const queueing::Wait& wait = figures.served;
        if (wait.probability <= 1 - level) return 0.0;
        return distribution::quantileOfSurvival(survival, level, wait.cumulants.mean / wait.probability);
    });
    const queueing::WaitTransform wait = queueing::gammaTransform(figures.served);
    const flow::Distribution service = distribution::exponential(Seconds{station.serviceMean_s});
    answer.putQuantiles("response_served",
                        [&](double level) { return queueing::responseQuantile(wait, service, level).count(); });
    return answer.finish(method, flow::Exactness::Exact);
}

} // namespace

ordered_json answerExponentialPatience(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const queueing::ImpatientStation station = read(object, Patience::Exponential);
    const queueing::ImpatientFigures figures = queueing::exponentialPatience(station);
    return answer(station, figures, "impatience-exponential",
                  [&](double t) { return queueing::exponentialPatienceSurvival(station, figures, t); });
}

ordered_json answerConstantPatience(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const queueing::ImpatientStation station = read(object, Patience::Constant);
    const queueing::ImpatientFigures figures = queueing::constantPatience(station);
    return answer(station, figures, "impatience-constant",
                  [&](double t) { return queueing::constantPatienceSurvival(station, figures, t); });
}

} // namespace plimsoll::calc
