#include "models/exchange/law_reader.h"

#include "engine/distribution/fit.h"

#include <fmt/format.h>

#include <cmath>

namespace plimsoll::exchange {
namespace {

using flow::Distribution;

constexpr std::array<std::string_view, 8> kLaws{"exponential", "constant", "erlang",           "gamma",
                                                "lognormal",   "pareto",   "hyperexponential", "two_point"};

/// What is read before the engine validates it must not upset a fit: means and variabilities in the engine's range.
double positive(ModelObject& object, std::string_view key) {
    constexpr double kLargest = 1e30, kSmallest = 1e-30;
    const double value = object.number(key);
    if (!(value >= kSmallest && value <= kLargest))
        object.at(key).refuse(fmt::format("is {:.6g}, must lie in {:.0e} to {:.0e}", value, kSmallest, kLargest));
    return value;
}

Seconds mean(ModelObject& object) {
    return Seconds{object.number("mean_s")};
}

Distribution readPhases(ModelObject& object) {
    Distribution law;
    const json& phases = object.array("phases");
    for (std::size_t i = 0; i < phases.size(); ++i) {
        ModelObject phase(phases[i], object.at(fmt::format("phases[{}]", i)));
        law.phases.push_back({.weight = {phase.numberOr("weight", 1)},
                              .offset = Seconds{phase.numberOr("offset_s", 0)},
                              .shape = phase.numberOr("shape", 1),
                              .scale = Seconds{phase.numberOr("scale_s", 0)}});
        phase.finish();
    }
    return law;
}

/// The mean and scv that may stand beside a law have to be those of the law.
void checkBeside(ModelObject& object, const Distribution& law) {
    constexpr double kEqual = 1e-6; // relative: they are written with a few digits
    const auto check = [&](std::string_view key, double value) {
        const auto beside = object.optionalNumber(key);
        if (beside && !(std::abs(*beside - value) <= kEqual * std::abs(value)))
            object.at(key).refuse(fmt::format("is {:.10g}, but that of the law is {:.10g}", *beside, value));
    };
    check("mean_s", distribution::mean(law).count());
    check("scv", distribution::scv(law));
}

Distribution readHyperexponential(ModelObject& object) {
    Distribution law;
    const json& branches = object.array("branches");
    for (std::size_t i = 0; i < branches.size(); ++i) {
        ModelObject branch(branches[i], object.at(fmt::format("branches[{}]", i)));
        const double probability = branch.number("probability");
        law.phases.push_back({.weight = {probability}, .scale = mean(branch)});
        branch.finish();
    }
    if (law.phases.empty()) object.at("branches").refuse("needs at least one branch");
    checkBeside(object, law);
    return law;
}

Distribution readPoints(ModelObject& object) {
    Distribution law;
    const json& values = object.array("values_s");
    const json& probabilities = object.array("probabilities");
    if (values.empty() || values.size() != probabilities.size())
        object.at("probabilities")
            .refuse(fmt::format("has {} numbers for {} values_s", probabilities.size(), values.size()));
    for (std::size_t i = 0; i < values.size(); ++i)
        law.phases.push_back({.weight = {numberAt(probabilities[i], object.at("probabilities"))},
                              .offset = Seconds{numberAt(values[i], object.at("values_s"))}});
    checkBeside(object, law);
    return law;
}

Distribution keepFit(const distribution::Fitted& fitted, std::string_view name, const Where& where,
                     std::vector<flow::Problem>& problems) {
    problems.push_back(
        {flow::Severity::Hint, "fitted", where.element, where.field,
         fmt::format("the {} law is fitted by {} phases, its distribution function is off by {:.2g} at most", name,
                     fitted.law.phases.size(), fitted.cdfError)});
    return fitted.law;
}

Distribution readNamed(ModelObject& object, const Where& where, std::vector<flow::Problem>& problems) {
    const std::size_t law = wordAt(object.required("law"), object.at("law"), kLaws.data(), kLaws.size());
    switch (law) {
    case 0: return distribution::exponential(mean(object));
    case 1: return distribution::constant(mean(object));
    case 2: {
        const std::uint32_t phases = object.count("phases");
        if (phases == 0) object.at("phases").refuse("is 0, must be at least 1");
        return distribution::erlang(mean(object), phases);
    }
    case 3: {
        const double scv = positive(object, "scv");
        return distribution::gamma(mean(object), scv);
    }
    case 4: {
        const double scv = positive(object, "scv");
        return keepFit(distribution::fitLognormal(Seconds{positive(object, "mean_s")}, scv), "lognormal", where,
                       problems);
    }
    case 5: {
        const double tail = object.number("tail_exponent");
        if (!(tail > 1 && tail <= 1e3)) // below 1 there is no mean; at 1000 it is as good as constant
            object.at("tail_exponent").refuse(fmt::format("is {:.6g}, must be above 1 and at most 1000", tail));
        return keepFit(distribution::fitPareto(Seconds{positive(object, "mean_s")}, tail), "pareto", where, problems);
    }
    case 6: return readHyperexponential(object);
    default: return readPoints(object);
    }
}

} // namespace

Distribution readLaw(const json& value, const Where& where, std::vector<flow::Problem>& problems) {
    ModelObject object(value, where);
    Distribution law;
    if (object.find("law")) {
        law = readNamed(object, where, problems);
    } else if (object.find("phases")) {
        law = readPhases(object);
    } else {
        const Seconds average = mean(object);
        const double scv = object.number("scv");
        if (!(scv >= 0 && scv <= 1e12)) object.at("scv").refuse(fmt::format("is {:.6g}, must lie in 0 to 1e12", scv));
        law = distribution::fromMeanScv(average, scv);
    }
    object.finish();
    return law;
}

} // namespace plimsoll::exchange
