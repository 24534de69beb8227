// What the policy models must be whatever their formulas: limits, sums, order, and numbers everywhere.
#include "engine/balancer/model/policy_model.h"
#include "engine/balancer/model/response.h"
#include "engine/balancer/model/round_robin.h"
#include "engine/distribution/distribution.h"
#include "engine/queueing/erlang.h"
#include "tests/engine/balancer/policy_names.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>
#include <random>

using namespace plimsoll;
using namespace plimsoll::balancer;
using flow::Discipline;
using flow::Policy;

namespace {

PolicyLoad loadOf(Policy policy, double servers, double utilisation, double scv = 1, double cores = 1) {
    PolicyLoad load;
    load.policy = policy;
    load.groups = {{servers, 1, 1}};
    load.cores = cores;
    load.service = queueing::serviceMoments(distribution::fromMeanScv(Seconds{0.01}, scv));
    load.arrivalRate_per_s = utilisation * servers * cores / 0.01;
    return load;
}

double wait(const PolicyLoad& load) {
    return toSeconds(policyFigures(load).waitMean);
}

bool isNear(double value, double expected, double relative) {
    return std::abs(value - expected) <= relative * std::abs(expected);
}

std::string both(double value, double expected) {
    return std::to_string(value) + " instead of " + std::to_string(expected);
}

/// Every number of the figures is one, and none is negative.
bool areNumbers(const PolicyFigures& figures) {
    const auto fine = [](double value) { return std::isfinite(value) && value >= 0; };
    double shares = 0;
    for (const GroupFigures& group : figures.groups) {
        const bool numbers = fine(group.share) && fine(group.utilisation) && fine(group.waitMean.count()) &&
                             fine(group.wait.probability) && group.wait.probability <= 1 &&
                             fine(group.wait.cumulants.mean) && fine(group.wait.cumulants.variance) &&
                             std::isfinite(group.wait.cumulants.third) && fine(group.sharing.load) &&
                             fine(group.sharing.waitProbability);
        double seen = 0;
        for (double p : group.sharing.seen) {
            if (!fine(p)) return false;
            seen += p;
        }
        if (!group.sharing.seen.empty() && std::abs(seen - 1) > 1e-6) return false;
        if (!numbers) return false;
        shares += group.share;
    }
    return fine(figures.capacity.value) && std::abs(shares - 1) < 1e-9;
}

} // namespace

class TestPolicyModel : public QObject {
    Q_OBJECT
private slots:
    void oneServerIsThePlainStation_data() { tests::addPolicyRows(); }
    /// Whatever the policy: M/M/c, M/G/1, M/M/c-PS.
    void oneServerIsThePlainStation() {
        QFETCH(flow::Policy, policy);
        for (double cores : {1.0, 3.0})
            for (double utilisation : {0.2, 0.7, 0.95}) {
                const double load = cores * utilisation;
                const double expected = queueing::erlangC(cores, load) * 0.01 / (cores - load);
                auto asked = loadOf(policy, 1, utilisation, 1, cores);
                QVERIFY(isNear(wait(asked), expected, 1e-9));
                asked.discipline = Discipline::ProcessorSharing;
                QVERIFY(isNear(wait(asked), expected, 1e-9));
            }
        const double utilisation = 0.7, scv = 3;
        const double pollaczek = utilisation / (1 - utilisation) * (1 + scv) / 2 * 0.01;
        const auto figures = policyFigures(loadOf(policy, 1, utilisation, scv));
        QVERIFY(isNear(toSeconds(figures.waitMean), pollaczek, 1e-9));
        QVERIFY(isNear(figures.groups[0].wait.cumulants.mean, pollaczek, 1e-9));
        QCOMPARE(figures.groups[0].share, 1.0);
    }

    /// The law has the mean that is told, for both disciplines.
    void lawsHaveTheirMean() {
        for (const auto& [name, policy] : tests::kPolicies)
            for (double scv : {0.0, 0.3, 1.0, 4.0})
                for (double servers : {2.0, 5.0, 40.0})
                    for (double cores : {1.0, 4.0}) {
                        auto load = loadOf(policy, servers, 0.75, scv, cores);
                        const auto fcfs = policyFigures(load);
                        const double mean = toSeconds(fcfs.waitMean);
                        QVERIFY2(isNear(fcfs.groups[0].wait.cumulants.mean, mean, 1e-6) || mean < 1e-12,
                                 both(fcfs.groups[0].wait.cumulants.mean, mean).c_str());
                        load.discipline = Discipline::ProcessorSharing;
                        const auto sharing = policyFigures(load);
                        const double stretch = queueing::psStretch(sharing.groups[0].sharing);
                        const double told = 1 + toSeconds(sharing.waitMean) / 0.01;
                        QVERIFY2(isNear(stretch, told, 1e-6), both(stretch, told).c_str());
                    }
    }

    /// Means alone are the same means.
    void meansAloneAreTheSame() {
        for (const auto& [name, policy] : tests::kPolicies)
            for (double scv : {0.5, 1.0, 4.0}) {
                auto load = loadOf(policy, 6, 0.8, scv);
                load.heldElsewhere_s = 0.02;
                load.balancers = 3;
                const auto means = policyFigures(load, Detail::Means), laws = policyFigures(load);
                QVERIFY(isNear(toSeconds(means.waitMean), toSeconds(laws.waitMean), 1e-9));
                QCOMPARE(means.groups[0].utilisation, laws.groups[0].utilisation);
                QCOMPARE(means.method.id, laws.method.id);
            }
    }

    /// Random is worst, turns are better, counting better still; two choices lie between.
    void orderOfPolicies() {
        for (double servers : {3.0, 8.0, 100.0})
            for (double utilisation : {0.3, 0.6, 0.9, 0.99})
                for (auto discipline : {Discipline::Fcfs, Discipline::ProcessorSharing}) {
                    const auto of = [&](Policy policy) {
                        auto load = loadOf(policy, servers, utilisation);
                        load.discipline = discipline;
                        return wait(load);
                    };
                    QVERIFY(of(Policy::RoundRobin) < of(Policy::Random));
                    QVERIFY(of(Policy::PowerOfTwo) < of(Policy::Random));
                    QVERIFY(of(Policy::LeastConnections) < of(Policy::PowerOfTwo));
                    QVERIFY(of(Policy::LeastConnections) < of(Policy::RoundRobin));
                }
    }

    /// More load, more waiting; more balancers and longer holding, nearer to random.
    void monotone() {
        for (Policy policy : {Policy::RoundRobin, Policy::LeastConnections, Policy::PowerOfTwo}) {
            double before = 0;
            for (double utilisation = 0.05; utilisation < 1; utilisation += 0.05) {
                const double now = wait(loadOf(policy, 5, utilisation));
                QVERIFY(now > before);
                before = now;
            }
            auto load = loadOf(policy, 5, 0.8);
            const double random = wait(loadOf(Policy::Random, 5, 0.8));
            before = wait(load);
            for (double balancers : {2.0, 5.0, 20.0, 100.0, 1e6}) {
                load.balancers = balancers;
                const double now = wait(load);
                QVERIFY(now > before && now <= random);
                before = now;
            }
            QVERIFY(isNear(before, random, 0.01));
        }
        for (Policy policy : {Policy::LeastConnections, Policy::PowerOfTwo}) {
            auto load = loadOf(policy, 5, 0.8);
            double before = wait(load);
            for (double held : {0.003, 0.01, 0.1, 1.0, 10.0, 1000.0, 1e5}) {
                load.heldElsewhere_s = held;
                const double now = wait(load);
                QVERIFY2(now > before, both(now, before).c_str());
                before = now;
            }
            QVERIFY(before <= wait(loadOf(Policy::Random, 5, 0.8)));
        }
    }

    void manyServers() {
        // Turns: D/M/1. Two choices: the fixed point of Vvedenskaya et al. Counting: nobody waits.
        const double utilisation = 0.9;
        double sigma = 0.5;
        for (int i = 0; i < 500; ++i) sigma = std::exp(-(1 - sigma) / utilisation);
        QVERIFY(isNear(wait(loadOf(Policy::RoundRobin, 1e6, utilisation)), 0.01 * sigma / (1 - sigma), 1e-4));
        double sum = 0;
        for (double power = 2; power < 2000; power = 2 * power + 2) sum += std::pow(utilisation, power);
        QVERIFY(isNear(wait(loadOf(Policy::PowerOfTwo, 1e6, utilisation)), 0.01 * sum, 1e-3));
        QVERIFY(wait(loadOf(Policy::LeastConnections, 1e6, utilisation)) < 1e-9);
        for (const auto& [name, policy] : tests::kPolicies)
            QVERIFY(areNumbers(policyFigures(loadOf(policy, 1e6, 0.99, 2, 4))));
    }

    void littleLoad() {
        for (const auto& [name, policy] : tests::kPolicies) {
            const auto figures = policyFigures(loadOf(policy, 4, 1e-6));
            QVERIFY(toSeconds(figures.waitMean) < 1e-7);
            QVERIFY(areNumbers(figures));
            QVERIFY(areNumbers(policyFigures(loadOf(policy, 4, 0))));
        }
    }

    /// Servers given one by one, or with other units of speed, are the same servers.
    void equalServersAreOneGroup() {
        for (const auto& [name, policy] : tests::kPolicies) {
            const auto one = loadOf(policy, 4, 0.8, 2);
            auto several = one;
            several.groups = {{1, 1, 1}, {2, 1, 1}, {1, 1, 1}};
            const auto figures = policyFigures(several);
            QVERIFY(isNear(toSeconds(figures.waitMean), wait(one), 1e-9));
            QVERIFY(isNear(figures.groups[1].share, 0.5, 1e-12));
            auto faster = one;
            faster.groups = {{4, 2, 1}};
            faster.service = queueing::serviceMoments(distribution::fromMeanScv(Seconds{0.02}, 2));
            QVERIFY(isNear(wait(faster), wait(one), 1e-9));
        }
    }

    /// Nearly equal speeds behave nearly as equal ones.
    void continuousInSpeeds() {
        for (Policy policy : {Policy::LeastConnections, Policy::PowerOfTwo})
            for (double utilisation : {0.5, 0.8}) {
                const double equal = wait(loadOf(policy, 6, utilisation));
                auto load = loadOf(policy, 6, utilisation);
                load.groups = {{3, 1.0001, 1}, {3, 0.9999, 1}};
                QVERIFY2(isNear(wait(load), equal, 0.1), both(wait(load), equal).c_str());
            }
    }

    void drainedServersGetNothing() {
        for (const auto& [name, policy] : tests::kPolicies) {
            auto load = loadOf(policy, 3, 0.7);
            load.groups.push_back({2, 1, 0});
            const auto figures = policyFigures(load);
            QCOMPARE(figures.groups[1].share, 0.0);
            QVERIFY(isNear(toSeconds(figures.waitMean), wait(loadOf(policy, 3, 0.7)), 1e-12));
        }
        PolicyLoad nobody = loadOf(Policy::LeastConnections, 3, 0.7);
        nobody.groups[0].weight = 0;
        QCOMPARE(policyFigures(nobody).capacity.value, 0.0);
    }

    /// Beyond the capacity: no steady state, shares that still sum to 1, and no figure of waiting.
    void overload() {
        for (const auto& [name, policy] : tests::kPolicies)
            for (double utilisation : {1.0, 1.5, 1e6}) {
                const auto figures = policyFigures(loadOf(policy, 4, utilisation));
                QVERIFY(!figures.steady && !figures.groups[0].steady);
                QVERIFY(figures.groups[0].utilisation >= 1);
                QVERIFY(areNumbers(figures));
                QVERIFY(isNear(figures.capacity.value, 400, 1e-12));
            }
        // Counting fills the slow ones up to what they do; splitting drowns them.
        auto load = loadOf(Policy::LeastConnections, 2, 0.5);
        load.groups = {{1, 9, 1}, {1, 1, 1}};
        load.arrivalRate_per_s = 900;
        QVERIFY(policyFigures(load).steady);
        load.policy = Policy::RoundRobin;
        const auto split = policyFigures(load);
        QVERIFY(!split.steady && split.groups[0].steady && !split.groups[1].steady);
        QVERIFY(isNear(split.capacity.value, 200, 1e-12));
    }

    /// The slowest servers bound two choices: both fall on them often enough.
    void twoChoicesCannotSaveSlowServers() {
        auto load = loadOf(Policy::PowerOfTwo, 2, 0.5);
        load.groups = {{1, 4, 1}, {3, 1, 1}};
        QVERIFY(isNear(policyFigures(load).capacity.value, 600, 1e-12)); // half of all pairs are slow, 3 of 7 the work
        load.arrivalRate_per_s = 650;
        const auto figures = policyFigures(load);
        QVERIFY(!figures.steady && figures.groups[0].steady && !figures.groups[1].steady);
        QVERIFY(areNumbers(figures));
    }

    /// E_n/M/c in exact terms: M/M/c for one phase, GI/M/1 for one core, and its mean by the queue that is met.
    void regularArrivals() {
        for (double cores : {1.0, 2.0, 7.0, 100.0}) {
            const Places poisson = regularPlaces({1, cores, 0.8});
            QVERIFY(isNear(poisson.waits, queueing::erlangC(cores, 0.8 * cores), 1e-12));
            const Places nearly = regularPlaces({1 + 1e-9, cores, 0.8});
            QVERIFY2(isNear(nearly.waits, poisson.waits, 1e-6), both(nearly.waits, poisson.waits).c_str());
            QVERIFY(regularPlaces({5, cores, 0.8}).waits < poisson.waits);
        }
        // D/M/2 at utilisation 0.9, by its embedded chain summed numerically (20,000 states).
        const double ratio = queueRatio({1e9, 2, 0.9});
        QVERIFY(isNear(ratio, std::exp(-(1 - ratio) / 0.9), 1e-12));
        QVERIFY(isNear(queueRatio({4, 1, 0.5}), 0.301931086878, 1e-10)); // the contract's rr-exp-4-0.5
    }

    /// Wide ranges, everything at random: an answer, and every number in it one.
    void anyLoadHasNumbers() {
        std::mt19937_64 generator(20);
        std::uniform_real_distribution<double> unit(0, 1);
        const auto spread = [&](double low, double high) { return low * std::pow(high / low, unit(generator)); };
        PolicyFigures figures;
        for (int i = 0; i < 4000; ++i) {
            PolicyLoad load;
            load.policy = tests::kPolicies[std::size_t(i) % std::size(tests::kPolicies)].second;
            double speeds = 0;
            for (int g = 0; g <= int(3 * unit(generator)); ++g) {
                const double count = std::floor(unit(generator) < 0.8 ? spread(1, 20) : spread(1, 1e7));
                load.groups.push_back({count, spread(0.01, 100), unit(generator) < 0.1 ? 0 : spread(0.1, 10)});
                speeds += load.groups.back().weight > 0 ? count * load.groups.back().speed : 0;
            }
            if (!(speeds > 0)) continue;
            load.cores = std::floor(unit(generator) < 0.8 ? spread(1, 16) : spread(1, 1e6));
            load.discipline = unit(generator) < 0.5 ? Discipline::Fcfs : Discipline::ProcessorSharing;
            const double mean = spread(1e-9, 1e9), scv = unit(generator) < 0.2 ? 0 : spread(0.01, 50);
            load.service = queueing::serviceMoments(distribution::fromMeanScv(Seconds{mean}, scv));
            load.arrivalScv = unit(generator) < 0.7 ? 1 : spread(0.01, 50);
            load.arrivalRate_per_s = spread(1e-6, 1.2) * speeds * load.cores / mean;
            if (unit(generator) < 0.3) load.balancers = std::floor(spread(1, 1000));
            if (unit(generator) < 0.3) load.heldElsewhere_s = mean * spread(0.001, 1e4);
            if (unit(generator) < 0.1) load.signalAge_s = mean * spread(0.1, 10);
            policyFigures(load, Detail::Laws, figures);
            QVERIFY2(areNumbers(figures), std::to_string(i).c_str());
        }
    }

    /// The response as a mixture over the servers: its mean by its survival function.
    void responseMatchesItsMean() {
        for (auto discipline : {Discipline::Fcfs, Discipline::ProcessorSharing})
            for (Policy policy : {Policy::Random, Policy::RoundRobin, Policy::LeastConnections, Policy::PowerOfTwo}) {
                auto load = loadOf(policy, 4, 0.6);
                load.groups = {{1, 2, 1}, {3, 1, 1}};
                load.discipline = discipline;
                load.arrivalRate_per_s = 200;
                const auto service = distribution::exponential(Seconds{0.01});
                const PolicyResponse response(load, policyFigures(load), service);
                double sum = 0, step = 2e-5;
                for (double t = step / 2; t < 0.6; t += step) sum += step * response.survival(t);
                QVERIFY2(isNear(sum, toSeconds(response.mean()), 2e-3), both(sum, toSeconds(response.mean())).c_str());
                QVERIFY(isNear(response.survival(toSeconds(response.quantile(0.99))), 0.01, 1e-6));
            }
    }
};

PLIMSOLL_TEST(TestPolicyModel);
#include "tst_policy_model.moc"
