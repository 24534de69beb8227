#include "engine/flow/check.h"
#include "engine/network/elasticities.h"
#include "engine/network/open_network.h"
#include "models/calc/network_inputs.h"
#include "models/calc/network_topics.h"
#include "models/calc/station_answer.h"
#include "models/calc/station_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace plimsoll::calc {
namespace {

struct Open {
    std::vector<network::OpenStation> stations;
    std::vector<network::Route> routes;
    bool exact = true; // product form
};

void readRoutes(ModelObject& object, Open& open) {
    constexpr double kRounding = 1e-9;
    object.required("routing_probabilities");
    const json& rows = object.array("routing_probabilities");
    const std::size_t count = open.stations.size();
    if (rows.size() != count)
        object.at("routing_probabilities")
            .refuse(fmt::format("has {} rows, must have {}, one for each station", rows.size(), count));
    for (std::uint32_t from = 0; from < count; ++from) {
        const exchange::Where row = object.at(fmt::format("routing_probabilities[{}]", from));
        if (!rows[from].is_array() || rows[from].size() != count)
            row.refuse(fmt::format("must be a list of {} probabilities, one for each station", count));
        double sum = 0;
        for (std::uint32_t to = 0; to < count; ++to) {
            const exchange::Where where = object.at(fmt::format("routing_probabilities[{}][{}]", from, to));
            const double probability = exchange::numberAt(rows[from][to], where);
            if (!(probability >= 0 && probability <= 1))
                where.refuse(fmt::format("is {:.6g}, must lie in 0 to 1", probability));
            sum += probability;
            if (probability > 0) open.routes.push_back({from, to, probability});
        }
        if (sum > 1 + kRounding) row.refuse(fmt::format("sums to {:.6g}, must be at most 1", sum));
    }
}

Open readOpen(const json& inputs, network::OpenMethod method) {
    constexpr std::array<std::string_view, 2> kDisciplines{"FCFS", "PS"};
    ModelObject object = inputsOf(inputs);
    const bool sharing = phrase(object, "discipline", kDisciplines) == 1;
    Open open;
    for (ModelObject& station : objects(object, "stations", 1000)) {
        network::OpenStation one;
        one.servers = servers(station);
        one.sharing = sharing;
        const Service law = service(station);
        one.serviceMean_s = law.mean();
        one.serviceScv = law.scv();
        if (method == network::OpenMethod::ProductForm && !sharing && !distribution::isExponential(law.law))
            station.at("service").refuse("is not exponential, as product form with FCFS needs it: see open-two-moment");
        if (station.find("service_scv")) one.serviceScv = within(station, "service_scv", 0, 1e12);
        one.externalRate_per_s = within(station, "external_rate_per_s", 0, flow::kLargest);
        if (station.find("external_interarrival_scv"))
            one.externalScv = within(station, "external_interarrival_scv", 0, 1e12);
        station.finish();
        open.stations.push_back(one);
    }
    readRoutes(object, open);
    skipWords(object);
    object.finish();
    return open;
}

ordered_json answerOpen(const json& inputs, network::OpenMethod method) {
    const Open open = readOpen(inputs, method);
    const auto figures = network::openNetwork(open.stations, open.routes, method);
    if (!figures) {
        std::string cycle;
        for (const std::uint32_t station : figures.error().cycle)
            cycle += fmt::format("{}{}", cycle.empty() ? "" : " -> ", station + 1);
        inputsOf(inputs)
            .at("routing_probabilities")
            .refuse(
                figures.error().kind == network::TrafficError::TooLarge
                    ? fmt::format("around station {} are too many for an answer at once", cycle)
                    : fmt::format("never let a request leave stations {}: the gain of a cycle must be below 1", cycle));
    }
    StationAnswer answer(figures->response_s.has_value());
    answer.set("stable",
               std::ranges::all_of(figures->stations, [](const auto& one) { return one.residence_s.has_value(); }));
    for (std::size_t i = 0; i < figures->stations.size(); ++i) {
        const network::OpenStationFigures& one = figures->stations[i];
        answer.set(numbered("arrival_rate_station", i, "_per_s"), one.arrivalRate_per_s);
        answer.set(numbered("utilisation_station", i, ""), std::min(1.0, one.utilisation));
        answer.put(numbered("wait_mean_station", i, "_s"), one.wait_s.value_or(0));
    }
    answer.put("response_mean_s", figures->response_s.value_or(0));
    if (figures->saturationFactor) answer.set("saturation_load_factor", *figures->saturationFactor);
    const bool exact = method == network::OpenMethod::ProductForm;
    return answer.finish(exact ? "jackson" : "qna", exact ? flow::Exactness::Exact : flow::Exactness::Approximation);
}

} // namespace

ordered_json answerProductForm(const json& inputs) {
    return answerOpen(inputs, network::OpenMethod::ProductForm);
}

ordered_json answerTwoMoments(const json& inputs) {
    return answerOpen(inputs, network::OpenMethod::TwoMoments);
}

ordered_json answerElasticities(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const double rate = positiveRate_per_s(object, "arrival_rate_per_s");
    std::vector<network::PathStation> stations;
    double utilisation = 0;
    for (ModelObject& station : objects(object, "stages_in_series")) {
        stations.push_back({servers(station), exponentialMean(station)});
        utilisation = std::max(utilisation, rate * stations.back().serviceMean_s / stations.back().servers);
        station.finish();
    }
    skipWords(object);
    object.finish();
    const auto figures = network::pathElasticities(stations, rate);
    StationAnswer answer(figures.has_value());
    answer.set("stable", figures.has_value());
    answer.put("response_mean_s", figures ? figures->response_s : 0);
    answer.put("elasticity_of_mean_to_rate", figures ? figures->toRate : 0);
    for (std::size_t i = 0; i < stations.size(); ++i)
        answer.put(numbered("elasticity_of_mean_to_service", i, ""), figures ? figures->toService[i] : 0);
    answer.set("saturation_load_factor", 1 / utilisation);
    return answer.finish("elasticities", flow::Exactness::Exact);
}

} // namespace plimsoll::calc
