#include "engine/simulate/simulate.h"
#include "engine/solve/solve.h"
#include "models/calc/topics.h"
#include "models/exchange/model_reader.h"
#include "models/exchange/solution_json.h"

#include <fmt/format.h>

#include <cmath>

namespace plimsoll::calc {
namespace {

struct ModelOptions {
    flow::SolveOptions solve;
    std::optional<flow::SimulateOptions> simulate; // none: solved
};

flow::SimulateOptions readSimulate(const json& value) {
    ModelObject object(value, {"options", "simulate", ""});
    flow::SimulateOptions simulation;
    const auto whole = [&](const char* key, std::uint64_t otherwise, std::uint64_t least, std::uint64_t most) {
        const double number = object.numberOr(key, static_cast<double>(otherwise));
        if (!(number >= static_cast<double>(least) && number <= static_cast<double>(most)) ||
            number != std::floor(number))
            object.at(key).refuse(fmt::format("{} is not a whole number from {} to {}", number, least, most));
        return static_cast<std::uint64_t>(number);
    };
    constexpr std::uint64_t kMostSeed = std::uint64_t{1} << 53; // a whole number in JSON's doubles
    simulation.requests = whole("requests", simulation.requests, 1, flow::kMostRequests);
    simulation.seed = whole("seed", simulation.seed, 0, kMostSeed);
    if (object.find("precision")) {
        const double precision = object.numberOr("precision", 0);
        if (!(precision > 0 && precision < 1))
            object.at("precision").refuse(fmt::format("{} is not between 0 and 1", precision));
        simulation.precision = precision;
    }
    object.finish();
    return simulation;
}

ModelOptions readOptions(const json* value) {
    ModelOptions options;
    if (!value) return options;
    ModelObject object(*value, {"options", "", ""});
    if (const json* simulate = object.find("simulate")) options.simulate = readSimulate(*simulate);
    options.solve.loadFactor = object.numberOr("load_factor", 1);
    options.solve.distributions = object.booleanOr("distributions", true);
    const json& down = object.array("down");
    for (std::size_t i = 0; i < down.size(); ++i) {
        ModelObject one(down[i], {fmt::format("down[{}]", i), "", ""});
        const flow::FleetId fleet{one.count("fleet")};
        options.solve.down.push_back({fleet, one.count("instances")});
        one.finish();
    }
    object.finish();
    return options;
}

ordered_json answer(const json& inputs, bool alwaysSimulate) {
    ModelObject object(inputs, {"inputs", "", ""});
    const json& model = object.required("model");
    ModelOptions options = readOptions(object.find("options"));
    if (alwaysSimulate && !options.simulate) options.simulate.emplace();
    object.find("note"); // for people
    object.finish();
    auto read = exchange::readModel(model);
    if (!read) throw ModelRefusal{read.error()};
    auto solution = options.simulate ? flow::simulate(read->model, options.solve, *options.simulate)
                                     : flow::solve(read->model, options.solve);
    if (!solution) throw ModelRefusal{solution.error()};
    solution->problems.insert(solution->problems.end(), read->problems.begin(), read->problems.end());
    return exchange::solutionValue(read->model, *solution, options.solve.distributions);
}

ordered_json answerModel(const json& inputs) {
    return answer(inputs, false);
}

ordered_json answerSimulate(const json& inputs) {
    return answer(inputs, true);
}

constexpr std::array<Topic, 2> kTopics{{{"model", answerModel}, {"simulate", answerSimulate}}};

} // namespace

std::span<const Topic> modelTopics() {
    return kTopics;
}

} // namespace plimsoll::calc
