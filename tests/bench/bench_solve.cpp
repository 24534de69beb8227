// How long a solve takes. `solve/components` makes everything anew from a flow::Model, percentiles included, as after
// an edit; `solve/chain` solves a prepared model again at another load into the answer that it has, means only, as
// while a slider is dragged.
#include "engine/solve/solve.h"
#include "tests/bench/layered_model.h"

#include <benchmark/benchmark.h>

namespace {

using namespace plimsoll;

void solveLayered(benchmark::State& state, bench::LayeredShape shape) {
    const flow::Model model = bench::layeredModel(shape);
    for (auto _ : state) {
        auto answer = flow::solve(model);
        if (!answer) state.SkipWithError(answer.error().message.c_str());
        benchmark::DoNotOptimize(answer);
    }
}

void solveChain(benchmark::State& state, std::uint32_t stations, std::uint32_t classes) {
    auto prepared = flow::PreparedModel::prepare(bench::chainModel(stations, classes));
    flow::Solution answer;
    flow::SolveOptions options;
    options.distributions = false;
    for (auto _ : state) {
        options.loadFactor = options.loadFactor == 1 ? 0.99 : 1;
        if (!prepared->solveInto(answer, options)) state.SkipWithError("no answer");
        benchmark::DoNotOptimize(answer);
    }
}

BENCHMARK_CAPTURE(solveLayered, _, bench::LayeredShape{50, 5})->Name("solve/components:50/classes:5");
BENCHMARK_CAPTURE(solveLayered, _, bench::LayeredShape{1000, 10})->Name("solve/components:1000/classes:10");
BENCHMARK_CAPTURE(solveLayered, _, bench::LayeredShape{1000, 10, true})->Name("solve/components:1000/classes:10/dense");
BENCHMARK_CAPTURE(solveChain, _, 10, 1)->Name("solve/chain/stations:10/classes:1");
BENCHMARK_CAPTURE(solveChain, _, 1000, 1)->Name("solve/chain/stations:1000/classes:1");
BENCHMARK_CAPTURE(solveChain, _, 1000, 10)->Name("solve/chain/stations:1000/classes:10");

} // namespace
