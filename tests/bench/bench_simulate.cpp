// The simulator on one core, intervals and percentiles on; items are requests, warm-up not counted.
#include "engine/distribution/distribution.h"
#include "engine/simulate/simulate.h"
#include "models/exchange/model_json.h"

#include <benchmark/benchmark.h>

namespace plimsoll::flow {
namespace {

constexpr std::uint64_t kRequests = 4'000'000;

Model singleServer(double utilisation) {
    Model model;
    model.stations.emplace_back();
    model.steps.push_back({{}, Serve{StationId{0}, distribution::exponential(Seconds{1})}});
    model.classes.push_back({"request", {}, Open{perSecond(utilisation)}, StepId{0}});
    return model;
}

// The second example of design/model-json.md.
const char* const kWebShop = R"json(
{
"fleets": [{}, {}, {"members": [{"count": 4}]}, {}, {}, {"members": [{"count": 2}]}],
"stations": [{"fleet": 1, "servers": 2}, {"fleet": 2, "servers": 2, "discipline": "processor_sharing"},
{"fleet": 3}, {"fleet": 4, "servers": 4, "discipline": "processor_sharing"},
{"fleet": 4, "servers": 8}, {"fleet": 5, "servers": 2, "discipline": "processor_sharing"}, {"fleet": 5,
"servers": 8}],
"pools": [{"fleet": 2, "tokens": 6}, {"fleet": 2, "tokens": 2}],
"key_spaces": [{"keys": 50000, "zipf": 0.9, "mean_size_bytes": 2000}],
"caches": [{"fleet": 3, "key_space": 0, "capacity_bytes": 10000000, "ttl_s": 60}],
"balancers": [{"backends": [{"fleet": 1}]}, {"fleet": 1, "policy": "least_connections",
"backends": [{"fleet": 2}]}, {"fleet": 2, "backends": [{"fleet": 3}]},
{"fleet": 2, "backends": [{"fleet": 4}]}, {"fleet": 2, "policy": "round_robin", "backends": [{"fleet": 5}]},
{"fleet": 4, "backends": [{"fleet": 5}]}],
"entries": [{"fleet": 1, "root": [{"serve": {"station": 0, "demand": {"mean_s": 0.0001, "scv": 1}}},
{"call": {"via": 1, "entries": [2]}}]},
{"fleet": 1, "root": [{"serve": {"station": 0, "demand": {"mean_s": 0.0001, "scv": 1}}}, {"call": {"via": 1,
"entries": [3]}}]},
{"fleet": 2, "root": {"hold": {"pool": 0, "body": [{"serve": {"station": 1, "demand": {"mean_s": 0.006,
"scv": 1}}}, {"call": {"via": 2, "entries": [4]}}, {"lookup": {"cache": 0, "on_hit": [],
"on_miss": [{"hold": {"pool": 1, "body": {"call": {"via": 4, "entries": [6]}}}}, {"call": {"via": 2,
"entries": [4]}}]}}]}}},
{"fleet": 2, "root": {"hold": {"pool": 0, "body": [{"serve": {"station": 1, "demand": {"mean_s": 0.02, "scv": 1}}},
{"hold": {"pool": 1, "body": {"call": {"via": 3, "entries": [5], "count": 3}}}}, {"invalidate": {"cache": 0}}]}}},
{"fleet": 3, "root": {"serve": {"station": 2, "demand": {"mean_s": 0.0002, "scv": 1}}}},
{"fleet": 4, "root": [{"serve": {"station": 3, "demand": {"mean_s": 0.003, "scv": 1}}}, {"serve": {"station": 4,
"demand": {"mean_s": 0.008, "scv": 1}}}, {"spawn": {"via": 5, "entries": [7], "every_instance": true}}]},
{"fleet": 5, "root": [{"serve": {"station": 5, "demand": {"mean_s": 0.004, "scv": 1}}},
{"choice": {"branches": [{"probability": 0.9, "step": []}, {"probability": 0.1, "step": {"serve": {"station": 6,
"demand": {"mean_s": 0.008, "scv": 1}}}}]}}]},
{"fleet": 5, "root": [{"serve": {"station": 5, "demand": {"mean_s": 0.002, "scv": 1}}}, {"serve": {"station": 6,
"demand": {"mean_s": 0.008, "scv": 1}}}]}],
"classes": [{"name": "browse", "arrivals": {"open": {"rate_per_s": 800}}, "root": {"attempt": {"max_attempts": 2,
"backoff_s": 0.1, "on": ["timeout", "refused"], "body": {"timeout": {"after_s": 2,
"body": [{"delay": {"duration": {"mean_s": 0.02, "scv": 0}}}, {"call": {"via": 0, "entries": [0]}}]}}}}},
{"name": "checkout", "arrivals": {"open": {"rate_per_s": 40}}, "root": {"attempt": {"max_attempts": 2,
"backoff_s": 0.1, "on": ["timeout", "refused"], "body": {"timeout": {"after_s": 2,
"body": [{"delay": {"duration": {"mean_s": 0.02, "scv": 0}}}, {"call": {"via": 0, "entries": [1]}}]}}}}}] }
)json";

void simulateModel(benchmark::State& state, const Model& model, std::uint64_t requests) {
    SimulateOptions simulation;
    simulation.requests = requests;
    SimulateRun run;
    run.threads = 1;
    std::uint64_t items = 0;
    for (auto _ : state) {
        const auto solution = simulate(model, {}, simulation, {}, run);
        if (!solution) {
            state.SkipWithError(solution.error().message.c_str());
            break;
        }
        benchmark::DoNotOptimize(solution->classes.front().latency->mean);
        items += requests;
        ++simulation.seed;
    }
    state.SetItemsProcessed(std::int64_t(items));
}

void mm1(benchmark::State& state) {
    simulateModel(state, singleServer(0.8), kRequests);
}

void webShop(benchmark::State& state) {
    const auto model = exchange::modelFromJson(kWebShop);
    if (!model) return state.SkipWithError(model.error().message.c_str());
    simulateModel(state, model->model, kRequests / 4);
}

BENCHMARK(mm1)->Name("simulate/mm1")->Unit(benchmark::kMillisecond);
BENCHMARK(webShop)->Name("simulate/web_shop")->Unit(benchmark::kMillisecond);

} // namespace
} // namespace plimsoll::flow
