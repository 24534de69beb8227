// Percentiles of laws, sums, mixtures and samples.
#include "engine/distribution/euler.h"
#include "engine/distribution/inversion.h"
#include "engine/distribution/phase_sum.h"
#include "engine/flow/check.h"
#include "models/calc/station_answer.h"
#include "models/calc/station_inputs.h"
#include "models/calc/station_topics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace plimsoll::calc {
namespace {

/// A law with atoms jumps: what stands for 1 - 0.99 in binary must not fall just short of the atom's 0.01.
double quantileOf(const flow::Distribution& law, double level) {
    constexpr double kRounding = 1e-12;
    const bool atoms =
        std::ranges::any_of(law.phases, [](const flow::Phase& phase) { return phase.scale.count() == 0; });
    return distribution::quantile(law, atoms ? std::max(0.0, level - kRounding) : level).count();
}

StationAnswer answerOf(const flow::Distribution& law) {
    StationAnswer answer;
    const distribution::Cumulants cumulants = distribution::cumulants(law);
    answer.set("response_mean_s", cumulants.mean);
    answer.set("response_variance_s2", cumulants.variance);
    answer.putQuantiles("response", [&](double level) { return quantileOf(law, level); });
    return answer;
}

/// A number in [0, 100]; text such as "NaN" is quoted.
double percentile(ModelObject& object) {
    const json& value = object.required("percentile");
    if (!value.is_number())
        object.at("percentile").refuse(fmt::format("is {}, must be a number in 0 to 100", value.dump()));
    return within(object, "percentile", 0, 100);
}

/// The largest value of the law; refused where there is none.
double largest(const ModelObject& object, const flow::Distribution& law) {
    double most = 0;
    for (const flow::Phase& phase : law.phases) {
        if (phase.weight.value == 0) continue;
        if (phase.scale.count() > 0)
            object.at("percentile")
                .refuse("is 100, must be below 100: the law is unbounded, its largest value is not finite");
        most = std::max(most, toSeconds(phase.offset));
    }
    return most;
}

/// Stages one after the other, independent.
StationAnswer answerSum(const std::vector<flow::Distribution>& stages) {
    double shift = 0;
    std::vector<double> means;
    distribution::Cumulants total;
    for (const flow::Distribution& stage : stages) {
        total += distribution::cumulants(stage);
        double least = std::numeric_limits<double>::infinity();
        for (const flow::Phase& phase : stage.phases) least = std::min(least, toSeconds(phase.offset));
        shift += least;
        if (stage.phases.size() == 1 && stage.phases[0].shape == 1 && stage.phases[0].scale.count() > 0)
            means.push_back(toSeconds(stage.phases[0].scale));
        else if (!distribution::isConstant(stage))
            means.push_back(0);
    }
    const bool exponential = std::ranges::all_of(means, [](double mean) { return mean > 0; });
    const auto transform = [&](std::complex<double> s) {
        std::complex<double> product = std::exp(s * shift);
        for (const flow::Distribution& stage : stages) product *= distribution::transform(stage, s);
        return product;
    };
    const auto survival = [&](double t) {
        if (t <= 0) return 1.0;
        const auto exact = exponential ? distribution::stagesSurvival(means, t) : std::nullopt;
        return exact ? *exact : distribution::survivalFromTransform(transform, t);
    };
    StationAnswer answer;
    answer.set("response_mean_s", total.mean);
    answer.set("response_variance_s2", total.variance);
    answer.putQuantiles("response", [&](double level) {
        return means.empty() ? shift : shift + distribution::quantileOfSurvival(survival, level, total.mean - shift);
    });
    return answer;
}

} // namespace

ordered_json answerStages(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const std::vector<double> means = numbers(object, "stage_means_s", flow::kSmallest, flow::kLargest);
    skipWords(object);
    object.finish();
    std::vector<flow::Distribution> stages;
    for (const double mean : means) stages.push_back(distribution::exponential(Seconds{mean}));
    return answerSum(stages).finish("sum-of-laws", flow::Exactness::Exact);
}

ordered_json answerSeries(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const json& values = object.array("stages_in_series");
    if (values.empty()) object.at("stages_in_series").refuse("needs at least one law");
    std::vector<flow::Distribution> stages;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const json holder{{"law", values[i]}};
        ModelObject one(holder, object.at(fmt::format("stages_in_series[{}]", i)));
        stages.push_back(law(one, "law"));
    }
    skipWords(object);
    object.finish();
    return answerSum(stages).finish("sum-of-laws", flow::Exactness::Exact);
}

ordered_json answerMixture(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const json& values = object.array("instances");
    flow::Distribution mixture;
    double total = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        ModelObject one(values[i], object.at(fmt::format("instances[{}]", i)));
        const double rate = within(one, "rate_per_s", 0, kLargest);
        for (flow::Phase phase : law(one, "response").phases) {
            phase.weight.value *= rate;
            mixture.phases.push_back(phase);
        }
        one.finish();
        total += rate;
    }
    if (!(total > 0)) object.at("instances").refuse("needs an instance with a rate above 0");
    for (flow::Phase& phase : mixture.phases) phase.weight.value /= total;
    skipWords(object);
    object.finish();
    return answerOf(mixture).finish("law", flow::Exactness::Exact);
}

ordered_json answerBranches(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const json& values = object.array("branches");
    flow::Distribution law;
    for (std::size_t i = 0; i < values.size(); ++i) {
        ModelObject one(values[i], object.at(fmt::format("branches[{}]", i)));
        law.phases.push_back({.weight = {within(one, "probability", 0, 1)},
                              .offset = Seconds{within(one, "constant_s", 0, flow::kLargest)}});
        one.finish();
    }
    flow::Check check;
    check.distribution(law, "branches");
    if (check.failed()) object.at("branches").refuse(check.error().message);
    skipWords(object);
    object.finish();
    return answerOf(law).finish("law", flow::Exactness::Exact);
}

ordered_json answerLaw(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const flow::Distribution read = law(object, "response");
    std::optional<double> asked;
    if (object.find("percentile")) asked = percentile(object);
    skipWords(object);
    object.finish();
    StationAnswer answer = answerOf(read);
    if (asked) answer.set("percentile_s", *asked == 100 ? largest(object, read) : quantileOf(read, *asked / 100));
    return answer.finish("law", flow::Exactness::Exact);
}

ordered_json answerSamples(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    ModelObject samples(object.required("samples"), object.at("samples"));
    const std::vector<double> values = numbers(samples, "value_s", 0, flow::kLargest);
    const std::vector<double> counts = numbers(samples, "count", 0, kLargest);
    if (counts.size() != values.size())
        object.at("samples.count").refuse(fmt::format("has {} numbers for {} value_s", counts.size(), values.size()));
    samples.finish();
    skipWords(object);
    object.finish();
    std::vector<std::pair<double, double>> sorted;
    double total = 0, sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!(counts[i] > 0)) continue;
        sorted.emplace_back(values[i], counts[i]);
        total += counts[i];
        sum += counts[i] * values[i];
    }
    std::ranges::sort(sorted);
    StationAnswer answer(total > 0); // without samples there is no percentile
    answer.set("count", total);
    answer.put("mean_s", sum / total);
    for (const auto& [name, level] : {std::pair{"p50_s", 0.5},
                                      {"p90_s", 0.9},
                                      {"p95_s", 0.95},
                                      {"p99_s", 0.99},
                                      {"p999_s", 0.999},
                                      {"p100_s", 1.0}}) {
        constexpr double kRounding = 1e-12; // as in quantileOf
        double below = 0, found = 0;
        for (const auto& [value, count] : sorted) {
            found = value;
            below += count;
            if (below >= (level - kRounding) * total) break;
        }
        answer.put(name, found);
    }
    return answer.finish("samples", flow::Exactness::Exact);
}

ordered_json answerRange(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    if (object.find("percentile")) return answerLaw(inputs);
    if (!object.find("arrivals")) return answerMmck(inputs);
    ModelObject arrivals(object.required("arrivals"), object.at("arrivals"));
    const double mean = distribution::mean(law(arrivals, "interarrival")).count();
    arrivals.finish();
    object.finish();
    StationAnswer answer;
    answer.set("arrival_rate_per_s", 1 / mean);
    return answer.finish("law", flow::Exactness::Exact);
}

} // namespace plimsoll::calc
