// Closed classes: two classes (100 and 50 users, think time) at four single servers, the busiest nearly full; solved
// again and again into the figures that are there, as while a slider is dragged.
#include "engine/network/closed_classes.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace {

using namespace plimsoll::network;

/// Users, think times and demands; the second class's think time moves with the slider.
struct Interactive {
    std::array<double, 2> users{100, 50}, think_s{0.7, 0.9};
    std::array<double, 4> servers{1, 1, 1, 1};
    std::array<double, 8> demand_s{0.005, 0.008, 0.008, 0.004, 0.003, 0.006, 0.002, 0.009};

    ClosedClasses view() const { return {users, think_s, servers, demand_s, {}}; }
    void move() { think_s[1] = think_s[1] == 0.9 ? 0.91 : 0.9; }
};

void solveExact(benchmark::State& state) {
    Interactive network;
    ClosedFigures figures;
    ClosedScratch scratch;
    for (auto _ : state) {
        network.move();
        solveClosed(network.view(), figures, scratch);
        if (figures.method != ClosedMethod::Exact) state.SkipWithError("not exact");
        benchmark::DoNotOptimize(figures.response_s.data());
    }
    state.counters["utilisation"] = *std::ranges::max_element(figures.utilisation);
}

void solveApproximate(benchmark::State& state) {
    Interactive network;
    ClosedFigures figures, exact;
    ClosedScratch scratch;
    for (auto _ : state) {
        network.move();
        solveClosedApproximately(network.view(), figures, scratch);
        if (figures.method != ClosedMethod::Corrected) state.SkipWithError("not corrected");
        benchmark::DoNotOptimize(figures.response_s.data());
    }
    solveClosed(network.view(), exact, scratch);
    double error = 0;
    for (std::size_t k = 0; k < 2; ++k)
        error = std::max(error, std::abs(figures.throughput_per_s[k] / exact.throughput_per_s[k] - 1));
    for (std::size_t k = 0; k < 2; ++k)
        error = std::max(error, std::abs(figures.response_s[k] / exact.response_s[k] - 1));
    state.counters["error_percent"] = 100 * error;
}

BENCHMARK(solveExact)->Name("solve/closed/exact");
BENCHMARK(solveApproximate)->Name("solve/closed/approximate");

} // namespace
