#include "models/calc/station_inputs.h"

#include "engine/flow/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace plimsoll::calc {
namespace {

/// Scvs are written with a few digits.
constexpr double kEqual = 1e-6;

void requireScv(const ModelObject& object, double given, double ofLaw) {
    if (std::abs(given - ofLaw) > kEqual * std::max(1.0, ofLaw))
        object.at("scv").refuse(fmt::format("is {:.6g}, but that of the law is {:.6g}", given, ofLaw));
}

/// "erlang2" and the like; 0 where it is none.
double erlangPhases(std::string_view name) {
    constexpr std::string_view kErlang = "erlang";
    if (!name.starts_with(kErlang)) return 0;
    name.remove_prefix(kErlang.size());
    unsigned phases = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), phases);
    return error == std::errc() && end == name.data() + name.size() ? phases : 0;
}

/// A name with mean and scv; none where the name asks for more.
std::optional<flow::Distribution> byTwoMoments(const json& value, const exchange::Where& where) {
    if (!value.is_object() || !value.contains("law") || !value.contains("scv") || !value.at("law").is_string())
        return std::nullopt;
    if (value.contains("branches") || value.contains("phases")) return std::nullopt;
    const std::string& name = value.at("law").get_ref<const std::string&>();
    const double phases = erlangPhases(name);
    if (phases == 0 && name != "exponential" && name != "constant" && name != "hyperexponential") return std::nullopt;
    ModelObject object(value, where);
    object.find("law");
    const double mean = within(object, "mean_s", flow::kSmallest, flow::kLargest);
    const double scv = within(object, "scv", 0, 1e12);
    object.finish();
    if (phases > 0) requireScv(object, scv, 1 / phases);
    if (name == "exponential") requireScv(object, scv, 1);
    if (name == "constant") requireScv(object, scv, 0);
    if (name == "hyperexponential" && scv < 1)
        object.at("scv").refuse(fmt::format("is {:.6g}, but a hyperexponential law has at least 1", scv));
    if (phases > 0) return distribution::erlang(Seconds{mean}, std::uint32_t(phases));
    return distribution::fromMeanScv(Seconds{mean}, scv);
}

} // namespace

Service service(ModelObject& object, std::string_view key) {
    const json& value = object.required(key);
    Service read;
    if (auto named = byTwoMoments(value, object.at(key))) {
        read.law = std::move(*named);
        read.moments = queueing::serviceMoments(read.law);
        return read;
    }
    read.law = law(object, key);
    read.moments = queueing::serviceMoments(read.law);
    if (value.contains("law") && value.at("law") == "lognormal") {
        // E[S^n] = m^n (1 + scv)^(n (n - 1) / 2); the mixture that stands for the law has the first two.
        const double mean = value.at("mean_s").get<double>(), factor = 1 + value.at("scv").get<double>();
        read.moments = {mean, mean * mean * factor, std::pow(mean * factor, 3),
                        std::pow(mean, 4) * std::pow(factor, 6)};
    }
    return read;
}

double exponentialMean(ModelObject& object, std::string_view key) {
    const flow::Distribution read = service(object, key).law;
    if (read.phases.size() != 1 || !distribution::isExponential(read))
        object.at(key).refuse("is not exponential, as M/M/c needs it");
    return toSeconds(read.phases[0].scale);
}

double arrivalScv(ModelObject& object, double arrivalRate_per_s) {
    std::optional<double> scv;
    if (object.find("interarrival_scv")) scv = within(object, "interarrival_scv", 0, 1e12);
    if (object.find("interarrival")) {
        const flow::Distribution between = law(object, "interarrival");
        const double mean = distribution::mean(between).count(), ofLaw = distribution::scv(between);
        if (std::abs(mean * arrivalRate_per_s - 1) > kEqual)
            object.at("interarrival.mean_s")
                .refuse(fmt::format("is {:.6g}, but an arrival rate of {:.6g}/s has {:.6g}", mean, arrivalRate_per_s,
                                    1 / arrivalRate_per_s));
        if (scv && std::abs(*scv - ofLaw) > kEqual * std::max(1.0, ofLaw))
            object.at("interarrival_scv").refuse(fmt::format("is {:.6g}, but that of the law is {:.6g}", *scv, ofLaw));
        scv = ofLaw;
    }
    return scv.value_or(1);
}

double capacity(ModelObject& object, double servers) {
    constexpr std::string_view kKey = "capacity_in_service_plus_waiting";
    const double capacity = wholeWithin(object, kKey, 1, kMostServers);
    if (capacity < servers)
        object.at(kKey).refuse(
            fmt::format("is {:.6g}, must be at least the number of servers, {:.6g}", capacity, servers));
    return capacity;
}

std::size_t phrase(ModelObject& object, std::string_view key, std::span<const std::string_view> phrases) {
    const json* value = object.find(key);
    if (!value) return 0;
    std::string allowed;
    for (std::size_t i = 0; i < phrases.size(); ++i) {
        if (value->is_string() && value->get_ref<const std::string&>() == phrases[i]) return i;
        allowed += (i == 0 ? "\"" : ", \"") + std::string(phrases[i]) + "\"";
    }
    object.at(key).refuse(fmt::format("is {}, must be one of {}", value->dump(), allowed));
}

void requireFcfs(ModelObject& object) {
    constexpr std::array<std::string_view, 2> kFcfs{"FCFS", "one FCFS queue"};
    phrase(object, "discipline", kFcfs);
}

void skipWords(ModelObject& object) {
    for (const std::string_view key : {"note", "question", "definition"}) object.find(key);
}

std::vector<double> numbers(ModelObject& object, std::string_view key, double low, double high) {
    const json& values = object.array(key);
    if (values.empty()) object.at(key).refuse("needs at least one number");
    std::vector<double> read;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const exchange::Where where = object.at(fmt::format("{}[{}]", key, i));
        const double value = exchange::numberAt(values[i], where);
        if (!(value >= low && value <= high))
            where.refuse(fmt::format("is {:.6g}, must lie in {:.6g} to {:.6g}", value, low, high));
        read.push_back(value);
    }
    return read;
}

} // namespace plimsoll::calc
