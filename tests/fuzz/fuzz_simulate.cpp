// Any bytes as an engine model, simulated: an error in one line, or an answer that is JSON without NaN or infinity.
#include "engine/simulate/timeline.h"
#include "models/exchange/model_json.h"
#include "models/exchange/solution_json.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdlib>

namespace {

// Small enough that a model runs in milliseconds.
constexpr std::uint64_t kRequests = 300, kStepsPerRequest = 20;
constexpr std::size_t kBytes = std::size_t{1} << 22;
constexpr std::uint64_t kMostInstances = 200, kMostKeys = 10'000, kMostUsers = 200;

/// Large models are right, and slow: what they need is not what is looked for here.
bool isSmall(const plimsoll::flow::Model& model) {
    using namespace plimsoll::flow;
    std::uint64_t instances = 0;
    for (const Fleet& fleet : model.fleets)
        for (const Member& member : fleet.members) instances += member.count;
    for (const KeySpace& space : model.keySpaces)
        if (space.keys > kMostKeys) return false;
    for (const RequestClass& cls : model.classes)
        if (const auto* closed = std::get_if<Closed>(&cls.arrivals); closed && closed->users > kMostUsers) return false;
    return instances <= kMostInstances;
}

void check(const plimsoll::flow::Error& error) {
    if (error.message.empty() || error.message.find('\n') != std::string::npos) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace plimsoll;
    const auto read = exchange::modelFromJson({reinterpret_cast<const char*>(data), size});
    if (!read || !isSmall(read->model)) return 0;
    flow::SimulateOptions simulation;
    simulation.requests = kRequests;
    flow::SimulateRun run;
    run.threads = 1;
    run.bytes = kBytes;
    run.stepsPerRequest = kStepsPerRequest;
    const auto solution = flow::simulate(read->model, {}, simulation, {}, run);
    if (!solution) {
        check(solution.error());
        return 0;
    }
    if (nlohmann::json::parse(exchange::solutionToJson(read->model, *solution), nullptr, false).is_discarded())
        std::abort();
    for (const flow::ClassResult& result : solution->classes)
        if (result.latency && !(toSeconds(result.latency->mean) >= 0 &&
                                toSeconds(result.latency->mean) <= toSeconds(result.latency->quantile.back()) * 1.01))
            std::abort();
    return 0;
}
