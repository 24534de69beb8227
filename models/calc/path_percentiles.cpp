#include "engine/queueing/erlang.h"
#include "engine/solve/path_quantiles.h"
#include "models/calc/network_inputs.h"
#include "models/calc/network_topics.h"
#include "models/calc/station_answer.h"
#include "models/calc/station_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace plimsoll::calc {
namespace {

using distribution::Cumulants;

constexpr std::size_t kMostStages = 1000;

/// Branches of a path with the cumulants of each.
struct Path {
    std::vector<flow::PathLaw> branches;
    std::vector<Cumulants> cumulants;
    bool steady = true;
    bool exact = true;
};

flow::PathTerm exponentialTerm(double mean_s) {
    flow::PathTerm term;
    term.phases = {{.scale = Seconds{mean_s}}};
    return term;
}

Path readStages(ModelObject& object) {
    Path path;
    flow::PathLaw law;
    Cumulants total;
    if (object.find("constant_delay_s")) total.mean = law.constant = time_s(object, "constant_delay_s");
    const double rate = arrivalRate_per_s(object);
    std::vector<ModelObject> stages = objects(object, "stages_in_series", kMostStages);
    for (std::size_t i = 0; i < stages.size(); ++i) {
        const double count = servers(stages[i]), mean = exponentialMean(stages[i]), load = rate * mean;
        stages[i].finish();
        path.steady = path.steady && load < count;
        // Burke 1968, Reich 1963: several servers in the middle let requests overtake each other.
        path.exact = path.exact && (count == 1 || i == 0 || i + 1 == stages.size());
        flow::PathTerm term;
        term.kind = flow::PathTerm::MmcResponse;
        term.number = queueing::erlangC(count, load);
        term.clearingRate = (count - load) / mean;
        term.servers = count;
        term.load = load;
        term.service = mean;
        law.terms.push_back(term);
        if (path.steady) total += queueing::mmcWait(term.number, count, load, mean).cumulants;
        total += distribution::cumulants(distribution::exponential(Seconds{mean}));
    }
    path.branches.push_back(std::move(law));
    path.cumulants.push_back(total);
    return path;
}

Path readBranches(ModelObject& object) {
    constexpr double kRounding = 1e-9;
    Path path;
    double sum = 0;
    for (ModelObject& branch : objects(object, "branches", kMostStages)) {
        flow::PathLaw law;
        law.weight = within(branch, "probability", 0, 1);
        sum += law.weight;
        law.constant = time_s(branch, "constant_s");
        Cumulants total{law.constant, 0, 0};
        const std::size_t count = branch.array("exponential_stage_means_s").size();
        for (const double mean : times_s(branch, "exponential_stage_means_s", std::min(count, kMostStages), "stage")) {
            if (mean == 0) continue;
            law.terms.push_back(exponentialTerm(mean));
            total += {mean, mean * mean, 2 * mean * mean * mean};
        }
        branch.finish();
        path.branches.push_back(std::move(law));
        path.cumulants.push_back(total);
    }
    if (std::abs(sum - 1) > kRounding)
        object.at("branches").refuse(fmt::format("have probabilities that sum to {:.9g}, must be 1", sum));
    return path;
}

} // namespace

ordered_json answerPercentiles(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const Path path = object.find("branches") ? readBranches(object) : readStages(object);
    requireFcfs(object);
    skipWords(object);
    object.finish();
    StationAnswer answer(path.steady);
    answer.set("stable", path.steady);
    if (!path.steady) {
        answer.put("response_mean_s", 0);
        answer.putQuantiles("response", [](double) { return 0.0; });
        return answer.finish("path-inversion", flow::Exactness::Approximation);
    }
    distribution::MixtureCumulants mixture;
    for (std::size_t b = 0; b < path.branches.size(); ++b)
        mixture.addMean(path.branches[b].weight, path.cumulants[b].mean);
    for (std::size_t b = 0; b < path.branches.size(); ++b)
        mixture.addSpread(path.branches[b].weight, path.cumulants[b]);
    answer.put("response_mean_s", mixture.total().mean);
    flow::PathCurve curve(path.branches, mixture.total());
    answer.putQuantiles("response", [&](double level) { return curve.quantile(level); });
    return answer.finish("path-inversion", path.exact ? flow::Exactness::Exact : flow::Exactness::Approximation);
}

} // namespace plimsoll::calc
