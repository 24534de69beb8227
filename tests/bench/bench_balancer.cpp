// pick + release of every policy at steady state: twice as many calls open as there are targets, ended in random order,
// with latencies and (ResourceBased) a fresh signal that come with the answer. Weights 1 to 10; items are calls.
#include "engine/balancer/balancer.h"

#include <benchmark/benchmark.h>

#include <string>

namespace plimsoll::balancer {
namespace {

constexpr std::size_t kRandomNumbers = 4096; // drawn beforehand, so that drawing them is not measured

struct Answers {
    std::vector<std::uint32_t> which;
    std::vector<double> share;
    explicit Answers(std::size_t open) {
        Generator generator(7);
        for (std::size_t i = 0; i < kRandomNumbers; ++i) {
            which.push_back(generator.below(static_cast<std::uint32_t>(open)));
            share.push_back(generator.unit());
        }
    }
};

enum class Weights { OneToTen, Uneven };

std::vector<Member> someMembers(std::uint32_t count, Weights weights) {
    Generator generator(11);
    std::vector<Member> members;
    for (std::uint32_t i = 0; i < count; ++i)
        members.push_back({Target{i}, weights == Weights::OneToTen ? 1 + i % 10 : 1 + 9 * generator.unit()});
    return members;
}

template <class Kind> void pickAndRelease(benchmark::State& state, flow::Policy policy, Weights weights) {
    const auto targets = static_cast<std::uint32_t>(state.range(0));
    Settings settings;
    settings.policy = policy;
    auto made = Kind::make(settings, someMembers(targets, weights));
    Kind& balancer = *made;
    const Answers answers(2 * std::size_t(targets));
    double now = 0;
    std::uint64_t calls = 0;
    std::vector<Target> open;
    while (open.size() < 2 * std::size_t(targets))
        open.push_back(*balancer.pick(Seconds{now}, open.size() * 0x9e3779b97f4a7c15));
    for (auto _ : state) {
        const std::size_t i = calls++ % kRandomNumbers;
        Target& ended = open[answers.which[i]];
        now += 1e-4;
        balancer.release(ended, Seconds{now}, Seconds{answers.share[i]});
        if (policy == flow::Policy::ResourceBased) balancer.observe(ended, answers.share[i], Seconds{now});
        ended = *balancer.pick(Seconds{now}, calls * 0x9e3779b97f4a7c15);
    }
    state.SetItemsProcessed(state.iterations());
}

SharedBalancer* sharedBalancer = nullptr; // made by the first thread, before the others start

void pickAndReleaseShared(benchmark::State& state, flow::Policy policy) {
    if (state.thread_index() == 0) {
        Settings settings;
        settings.policy = policy;
        sharedBalancer = new SharedBalancer(*SharedBalancer::make(settings, someMembers(1000, Weights::OneToTen)));
    }
    double now = 0;
    std::uint64_t key = 0;
    for (auto _ : state) {
        now += 1e-4;
        const auto target = sharedBalancer->pick(Seconds{now}, key += 0x9e3779b97f4a7c15);
        sharedBalancer->release(*target, Seconds{now}, Seconds{0.05});
    }
    state.SetItemsProcessed(state.iterations());
    if (state.thread_index() == 0) {
        delete sharedBalancer;
        sharedBalancer = nullptr;
    }
}

const bool registered = [] {
    using enum flow::Policy;
    const std::pair<const char*, flow::Policy> policies[] = {{"random", Random},
                                                             {"round_robin", RoundRobin},
                                                             {"weighted_round_robin", WeightedRoundRobin},
                                                             {"least_connections", LeastConnections},
                                                             {"weighted_least_connections", WeightedLeastConnections},
                                                             {"least_response_time", LeastResponseTime},
                                                             {"resource_based", ResourceBased},
                                                             {"power_of_two", PowerOfTwo},
                                                             {"key_hash", KeyHash},
                                                             {"key_range", KeyRange}};
    const auto sizes = [](benchmark::internal::Benchmark* bench) {
        bench->ArgName("targets")->Arg(4)->Arg(100)->Arg(1000)->Arg(100000);
    };
    for (const auto& [name, policy] : policies) {
        const std::string row = std::string("pick/") + name;
        sizes(benchmark::RegisterBenchmark(row.c_str(), pickAndRelease<Balancer>, policy, Weights::OneToTen));
        sizes(benchmark::RegisterBenchmark((row + "/locked").c_str(), pickAndRelease<SharedBalancer>, policy,
                                           Weights::OneToTen));
        benchmark::RegisterBenchmark((row + "/shared").c_str(), pickAndReleaseShared, policy)
            ->Threads(8)
            ->UseRealTime();
    }
    sizes(benchmark::RegisterBenchmark("pick/weighted_round_robin/uneven", pickAndRelease<Balancer>, WeightedRoundRobin,
                                       Weights::Uneven));
    return true;
}();

} // namespace
} // namespace plimsoll::balancer
