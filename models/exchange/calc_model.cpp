#include "engine/solve/solve.h"
#include "models/exchange/calc_topics.h"
#include "models/exchange/model_reader.h"
#include "models/exchange/solution_json.h"

#include <fmt/format.h>

namespace plimsoll::exchange {
namespace {

flow::SolveOptions readOptions(const json* value) {
    flow::SolveOptions options;
    if (!value) return options;
    ModelObject object(*value, {"options", "", ""});
    if (object.find("simulate")) object.at("simulate").refuse("is not available yet");
    options.loadFactor = object.numberOr("load_factor", 1);
    options.distributions = object.booleanOr("distributions", true);
    const json& down = object.array("down");
    for (std::size_t i = 0; i < down.size(); ++i) {
        ModelObject one(down[i], {fmt::format("down[{}]", i), "", ""});
        const flow::FleetId fleet{one.count("fleet")};
        options.down.push_back({fleet, one.count("instances")});
        one.finish();
    }
    object.finish();
    return options;
}

} // namespace

nlohmann::ordered_json calcModel(const json& inputs) {
    ModelObject object(inputs, {"inputs", "", ""});
    const json& model = object.required("model");
    const flow::SolveOptions options = readOptions(object.find("options"));
    object.find("note"); // for people
    object.finish();
    auto read = readModel(model);
    if (!read) throw ModelRefusal{read.error()};
    auto solution = flow::solve(read->model, options);
    if (!solution) throw ModelRefusal{solution.error()};
    solution->problems.insert(solution->problems.end(), read->problems.begin(), read->problems.end());
    return solutionValue(read->model, *solution, options.distributions);
}

} // namespace plimsoll::exchange
