#include "engine/network/bounds.h"
#include "engine/network/closed_classes.h"
#include "models/calc/network_inputs.h"
#include "models/calc/network_topics.h"
#include "models/calc/station_answer.h"
#include "models/calc/station_inputs.h"

#include <fmt/format.h>

#include <algorithm>

namespace plimsoll::calc {
namespace {

/// Operations that one case may take for an exact answer: a tenth of a second.
constexpr double kBudget = 1e8;
constexpr std::size_t kMostClasses = 100;

/// A network with room for its arrays.
struct Closed {
    std::vector<double> users, think_s, servers, demand_s, open;
    network::ClosedClasses view() const { return {users, think_s, servers, demand_s, open}; }
};

std::pair<std::string_view, flow::Exactness> methodOf(const network::ClosedFigures& figures, std::size_t classes) {
    if (figures.method != network::ClosedMethod::Exact) return {"closed-linearizer", flow::Exactness::Approximation};
    return {classes == 1 ? "closed-convolution" : "closed-lattice", flow::Exactness::Exact};
}

/// Every class has to spend some time somewhere.
void requireWork(const Closed& closed, const ModelObject& object) {
    const std::size_t classes = closed.users.size();
    for (std::size_t k = 0; k < classes; ++k) {
        double total = closed.think_s[k];
        for (std::size_t i = 0; i < closed.servers.size(); ++i) total += closed.demand_s[i * classes + k];
        if (!(total > 0))
            object.at("stations")
                .refuse(fmt::format("give class {} no work and no think time: its users would go round "
                                    "without end, one of these times must be above 0",
                                    k + 1));
    }
}

Closed readByClass(ModelObject& object) {
    Closed closed;
    const std::vector<double> users = numbers(object, "users_by_class", 0, 4e9);
    if (users.size() > kMostClasses)
        object.at("users_by_class")
            .refuse(fmt::format("has {} places, must have at most {}", users.size(), kMostClasses));
    for (std::size_t k = 0; k < users.size(); ++k) {
        if (users[k] != double(std::uint64_t(users[k])))
            object.at(fmt::format("users_by_class[{}]", k))
                .refuse(fmt::format("is {}, must be a whole number", users[k]));
        closed.users.push_back(users[k]);
    }
    closed.think_s = times_s(object, "think_time_mean_s_by_class", users.size(), "class");
    for (ModelObject& station : objects(object, "stations")) {
        closed.servers.push_back(servers(station));
        for (const double demand : times_s(station, "demand_s_by_class", users.size(), "class"))
            closed.demand_s.push_back(demand);
        station.finish();
    }
    return closed;
}

Closed readOneClass(ModelObject& object) {
    Closed closed;
    closed.users = {users(object, "users")};
    closed.think_s = {time_s(object, "think_time_mean_s")};
    for (ModelObject& station : objects(object, "stations")) {
        closed.servers.push_back(servers(station));
        closed.demand_s.push_back(station.find("service") ? exponentialMean(station) : time_s(station, "demand_s"));
        station.finish();
    }
    return closed;
}

} // namespace

ordered_json answerClosed(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const bool one = object.find("users") != nullptr;
    const Closed closed = one ? readOneClass(object) : readByClass(object);
    skipWords(object);
    object.finish();
    requireWork(closed, object);
    network::ClosedFigures figures;
    network::ClosedScratch scratch;
    network::solveClosed(closed.view(), figures, scratch, kBudget);
    StationAnswer answer;
    answer.set("stable", true); // users who wait do not ask again
    if (one) {
        answer.put("throughput_per_s", figures.throughput_per_s[0]);
        answer.put("response_mean_s", figures.response_s[0]);
        answer.put("utilisation", std::ranges::max(figures.utilisation));
    }
    for (std::size_t k = 0; k < closed.users.size(); ++k) {
        answer.put(numbered("throughput_class", k, "_per_s"), figures.throughput_per_s[k]);
        answer.put(numbered("response_mean_class", k, "_s"), figures.response_s[k]);
    }
    for (std::size_t i = 0; i < closed.servers.size(); ++i)
        answer.put(numbered("utilisation_station", i, ""), std::min(1.0, figures.utilisation[i]));
    const auto [method, exactness] = methodOf(figures, closed.users.size());
    return answer.finish(method, exactness);
}

ordered_json answerMixed(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    Closed closed;
    constexpr std::array<std::string_view, 2> kSharing{"PS", "processor sharing"};
    for (ModelObject& station : objects(object, "stations")) {
        closed.servers.push_back(servers(station));
        phrase(station, "discipline", kSharing);
        station.finish();
    }
    ModelObject closedClass(object.required("closed_class"), object.at("closed_class"));
    closed.users = {users(closedClass, "users")};
    closed.think_s = {time_s(closedClass, "think_time_mean_s")};
    closed.demand_s = times_s(closedClass, "demand_s_by_station", closed.servers.size(), "station");
    closedClass.finish();
    ModelObject openClass(object.required("open_class"), object.at("open_class"));
    const double rate = arrivalRate_per_s(openClass);
    const std::vector<double> demand = times_s(openClass, "demand_s_by_station", closed.servers.size(), "station");
    openClass.finish();
    skipWords(object);
    object.finish();
    requireWork(closed, object);
    for (std::size_t i = 0; i < demand.size(); ++i) closed.open.push_back(rate * demand[i] / closed.servers[i]);
    const bool steady = std::ranges::max(closed.open) < 1;
    network::ClosedFigures figures;
    network::ClosedScratch scratch;
    if (steady)
        network::solveClosed(closed.view(), figures, scratch, kBudget);
    else
        figures.resize(closed.view());
    StationAnswer answer(steady);
    answer.set("stable", steady);
    answer.put("closed_throughput_per_s", figures.throughput_per_s[0]);
    answer.put("closed_response_mean_s", figures.response_s[0]);
    double response = 0;
    for (std::size_t i = 0; i < demand.size(); ++i) response += demand[i] * figures.outsideStretch[i];
    answer.put("open_response_mean_s", response);
    for (std::size_t i = 0; i < demand.size(); ++i)
        answer.put(numbered("utilisation_station", i, ""), std::min(1.0, figures.utilisation[i]));
    const auto [method, exactness] = methodOf(figures, 1);
    return answer.finish(method, exactness);
}

ordered_json answerBounds(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    Closed closed;
    closed.demand_s = times_s(object, "demands_s", object.array("demands_s").size(), "station");
    closed.servers.assign(closed.demand_s.size(), 1.0);
    closed.think_s = {time_s(object, "think_time_mean_s")};
    closed.users = {users(object, "users")};
    if (closed.users[0] < 1) object.at("users").refuse("is 0, must be at least 1");
    skipWords(object);
    object.finish();
    const double largest = closed.demand_s.empty() ? 0 : std::ranges::max(closed.demand_s);
    if (!(largest > 0)) object.at("demands_s").refuse("are all 0, one of them must be above 0");
    const network::ClosedBounds bounds =
        network::closedBounds(closed.demand_s, closed.servers, closed.think_s[0], closed.users[0]);
    network::ClosedFigures figures;
    network::ClosedScratch scratch;
    network::solveClosed(closed.view(), figures, scratch, kBudget);
    const bool exact = figures.method == network::ClosedMethod::Exact;
    StationAnswer answer(exact);
    answer.put("throughput_exact_per_s", figures.throughput_per_s[0]);
    answer.put("response_exact_s", figures.response_s[0]);
    answer.set("asymptotic_upper_per_s", bounds.asymptoticUpper_per_s);
    answer.set("asymptotic_lower_per_s", bounds.asymptoticLower_per_s);
    answer.set("balanced_upper_per_s", bounds.balancedUpper_per_s);
    answer.set("balanced_lower_per_s", bounds.balancedLower_per_s);
    answer.set("knee_users", bounds.knee_users);
    return answer.finish("closed-bounds", flow::Exactness::Bound);
}

} // namespace plimsoll::calc
