#include "engine/distribution/inversion.h"
#include "engine/distribution/order_statistics.h"
#include "engine/distribution/survival_integral.h"
#include "engine/network/fork_join.h"
#include "engine/queueing/mmc.h"
#include "models/calc/network_inputs.h"
#include "models/calc/network_topics.h"
#include "models/calc/station_answer.h"
#include "models/calc/station_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace plimsoll::calc {
namespace {

constexpr double kNoEnd = std::numeric_limits<double>::infinity();

/// Branches as laws, or each as a constant and an exponential.
std::vector<flow::Distribution> readBranches(ModelObject& object) {
    constexpr std::size_t kMostBranches = 1000;
    std::vector<flow::Distribution> laws;
    if (!object.find("branches")) {
        object.required("branch_laws");
        const json& list = object.array("branch_laws");
        if (list.empty() || list.size() > kMostBranches)
            object.at("branch_laws")
                .refuse(fmt::format("has {} places, must have 1 to {}", list.size(), kMostBranches));
        json wrapped = json::object();
        for (std::size_t i = 0; i < list.size(); ++i) {
            wrapped["law"] = list[i];
            ModelObject one(wrapped, object.at(fmt::format("branch_laws[{}]", i)));
            laws.push_back(service(one, "law").law);
        }
        return laws;
    }
    for (ModelObject& branch : objects(object, "branches", kMostBranches)) {
        const double constant = time_s(branch, "constant_s"), mean = time_s(branch, "exponential_mean_s");
        branch.finish();
        laws.push_back({{{.offset = Seconds{constant}, .scale = Seconds{mean}}}});
    }
    return laws;
}

} // namespace

ordered_json answerIndependentForks(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const std::vector<flow::Distribution> laws = readBranches(object);
    const auto need = std::size_t(object.find("wait_for") ? wholeWithin(object, "wait_for", 1, double(laws.size()))
                                                          : double(laws.size()));
    skipWords(object);
    object.finish();
    std::vector<double> tails(laws.size());
    const auto survival = [&](double t) {
        for (std::size_t i = 0; i < laws.size(); ++i) tails[i] = distribution::survival(laws[i], t);
        return distribution::orderSurvival(tails, need);
    };
    double size = 0;
    std::vector<double> jumps{0};
    for (const flow::Distribution& law : laws) {
        size = std::max(size, distribution::mean(law).count());
        for (const flow::Phase& phase : law.phases) jumps.push_back(phase.offset.count());
    }
    std::ranges::sort(jumps);
    double mean = 0;
    for (std::size_t i = 0; i < jumps.size(); ++i) {
        const double to = i + 1 < jumps.size() ? jumps[i + 1] : kNoEnd;
        // Inside a piece the function is smooth; its ends are looked at from within.
        if (to > jumps[i]) mean += distribution::survivalIntegral(survival, jumps[i], to, size > 0 ? size : 1);
    }
    StationAnswer answer;
    answer.put("response_mean_s", mean);
    answer.putQuantiles("response", [&](double level) {
        return distribution::quantileOfSurvival(survival, level, size > 0 ? size : 1);
    });
    return answer.finish("order-statistics", flow::Exactness::Exact);
}

ordered_json answerForkedQueues(const json& inputs) {
    constexpr double kMostBranches = 1e9;
    ModelObject object = inputsOf(inputs);
    const double branches = wholeWithin(object, "branches", 1, kMostBranches);
    const double perBranch =
        object.find("servers_per_branch") ? wholeWithin(object, "servers_per_branch", 1, kMostServers) : 1;
    const Offered offered{perBranch, arrivalRate_per_s(object), exponentialMean(object)};
    requireFcfs(object);
    skipWords(object);
    object.finish();
    StationAnswer answer = answerTo(offered);
    const queueing::Mmc station{perBranch, PerSecond{offered.rate_per_s}, Seconds{offered.serviceMean_s}};
    const queueing::MmcFigures one = queueing::mmc(station);
    const auto survival = [&](double t) {
        return distribution::orderSurvival(queueing::mmcResponseSurvival(station, one, t), std::uint64_t(branches),
                                           std::uint64_t(branches));
    };
    const double ratio = network::joinMeanRatio({branches, perBranch, one.utilisation});
    const double size = one.responseMean.count();
    answer.put("response_mean_s",
               offered.steady() ? ratio * distribution::survivalIntegral(survival, 0, kNoEnd, size) : 0);
    answer.putQuantiles("response", [&](double level) {
        return network::joinFactor(ratio, level) * distribution::quantileOfSurvival(survival, level, size);
    });
    return answer.finish("fork-join", branches == 1 ? flow::Exactness::Exact : flow::Exactness::Approximation);
}

} // namespace plimsoll::calc
