// Shares, ties, order and exclusion of the policies.
#include "tests/engine/balancer/policy_names.h"
#include "tests/engine/balancer/statistics.h"
#include "tests/support/test_registry.h"

using namespace plimsoll;
using namespace plimsoll::balancer;

namespace {

Balancer make(flow::Policy policy, const std::vector<double>& weights, std::uint64_t seed = 1) {
    Settings settings;
    settings.policy = policy;
    settings.seed = seed;
    settings.randomStart = false;
    std::vector<Member> members;
    for (std::uint32_t i = 0; i < weights.size(); ++i) members.push_back({Target{i}, weights[i]});
    return *Balancer::make(settings, members);
}

std::string sequence(Balancer& balancer, int picks) {
    std::string letters;
    for (int i = 0; i < picks; ++i) letters += char('a' + indexOf(*balancer.pick(Seconds{0})));
    return letters;
}

} // namespace

class BalancerPicksTest : public QObject {
    Q_OBJECT
private slots:
    void randomSharesFollowWeights() {
        const std::vector<double> weights = {1, 2, 0, 0.5, 6.5, 10};
        Balancer balancer = make(flow::Policy::Random, weights);
        std::vector<std::uint64_t> counts(6);
        for (int i = 0; i < 200000; ++i) ++counts[indexOf(*balancer.pick(Seconds{0}))];
        QCOMPARE(counts[2], std::uint64_t(0));
        const double p = tests::chiSquareProbability({counts[0], counts[1], counts[3], counts[4], counts[5]},
                                                     {0.05, 0.1, 0.025, 0.325, 0.5});
        QVERIFY2(p > tests::kUnbelievable, qPrintable(QString::number(p)));
    }

    void randomSharesWithExclusion() { // both the quick way (few excluded) and the scan (nearly all)
        std::vector<double> weights(100, 1);
        weights[98] = 3;
        Balancer balancer = make(flow::Policy::Random, weights);
        std::vector<Target> excluded;
        for (std::uint32_t i = 0; i < 97; ++i) excluded.push_back(Target{i});
        std::vector<std::uint64_t> counts(3);
        for (int i = 0; i < 20000; ++i) ++counts[indexOf(*balancer.pick(Seconds{0}, 0, excluded)) - 97];
        QVERIFY(tests::chiSquareProbability(counts, {0.2, 0.6, 0.2}) > tests::kUnbelievable);
    }

    // nginx, "Upstream: smooth weighted round-robin balancing", 2012: { 5, 1, 1 } gives a a b a c a a.
    void smoothSequence_data() {
        QTest::addColumn<std::vector<double>>("weights");
        QTest::addColumn<QString>("expected");
        QTest::newRow("published") << std::vector<double>{5, 1, 1} << "aabacaa" + QString("aabacaa");
        QTest::newRow("equal") << std::vector<double>{1, 1, 1} << "abcabc";
        QTest::newRow("2:1:1") << std::vector<double>{2, 1, 1} << "abcaabca";
        QTest::newRow("fractions") << std::vector<double>{0.5, 0.25, 0.25} << "abcaabca";
        QTest::newRow("drained") << std::vector<double>{2, 0, 2} << "acacac";
        QTest::newRow("one") << std::vector<double>{7} << "aaa";
    }
    void smoothSequence() {
        QFETCH(std::vector<double>, weights);
        QFETCH(QString, expected);
        Balancer balancer = make(flow::Policy::WeightedRoundRobin, weights);
        QCOMPARE(QString::fromStdString(sequence(balancer, int(expected.size()))), expected);
    }

    void smoothSharesAreExactAndWithoutBursts() { // any weights, over one period
        std::vector<double> weights;
        double sum = 0;
        for (int i = 0; i < 50; ++i) weights.push_back(1 + (i * 7919) % 97);
        for (const double weight : weights) sum += weight;
        Balancer balancer = make(flow::Policy::WeightedRoundRobin, weights);
        std::vector<double> counts(50);
        for (int pick = 1; pick <= int(sum); ++pick) {
            ++counts[indexOf(*balancer.pick(Seconds{0}))];
            for (std::size_t i = 0; i < 50; ++i) // never more than two calls from the even flow
                QVERIFY(std::abs(counts[i] - pick * weights[i] / sum) < 2);
        }
        QCOMPARE(counts, weights);
    }

    void roundRobinStartsAnywhere() {
        std::vector<std::uint64_t> counts(8);
        std::vector<Member> members;
        for (std::uint32_t i = 0; i < 8; ++i) members.push_back({Target{i}, 1});
        for (std::uint64_t seed = 0; seed < 4000; ++seed) {
            Settings settings;
            settings.policy = seed % 2 ? flow::Policy::RoundRobin : flow::Policy::WeightedRoundRobin;
            settings.seed = seed;
            ++counts[indexOf(*Balancer::make(settings, members)->pick(Seconds{0}))];
        }
        QVERIFY(tests::chiSquareProbability(counts) > tests::kUnbelievable);
    }

    void tiesAreUniform_data() { tests::addPolicyRows(); }
    void tiesAreUniform() {
        QFETCH(flow::Policy, policy);
        if (policy == flow::Policy::RoundRobin || policy == flow::Policy::WeightedRoundRobin) return;
        for (const int excludedCount : {0, 2}) {
            Balancer balancer = make(policy, std::vector<double>(7, 1));
            // Busy and idle again, so that the order inside is no longer that of the start.
            for (const std::uint32_t target : {3u, 1u, 6u, 3u}) {
                QVERIFY(balancer.take(Target{target}, Seconds{0}));
                QVERIFY(balancer.release(Target{target}, Seconds{0}, Seconds{0.1}));
            }
            std::vector<Target> excluded;
            for (int i = 0; i < excludedCount; ++i) excluded.push_back(Target{std::uint32_t(5 + i)});
            std::vector<std::uint64_t> counts(7 - std::size_t(excludedCount));
            Generator keys(5);
            for (int i = 0; i < 35000; ++i) {
                const auto target = balancer.pick(Seconds{0}, keys.next(), excluded);
                ++counts[indexOf(*target)];
                QVERIFY(balancer.release(*target, Seconds{0}, Seconds{0.1}));
            }
            const double p = tests::chiSquareProbability(counts);
            QVERIFY2(p > tests::kUnbelievable, qPrintable(QString::number(p)));
        }
    }

    void tiesAmongMany() { // several levels of the tree of scores, ties at only some of its leaves
        Balancer balancer = make(flow::Policy::WeightedLeastConnections, std::vector<double>(100, 1));
        for (std::uint32_t i = 0; i < 100; ++i)
            if (i % 9 != 0) QVERIFY(balancer.take(Target{i}, Seconds{0}));
        std::vector<std::uint64_t> counts(12);
        for (int i = 0; i < 24000; ++i) {
            const auto target = balancer.pick(Seconds{0});
            QCOMPARE(indexOf(*target) % 9, 0u);
            ++counts[indexOf(*target) / 9];
            QVERIFY(balancer.release(*target, Seconds{0}, Seconds{0.1}));
        }
        QVERIFY(tests::chiSquareProbability(counts) > tests::kUnbelievable);
    }

    void powerOfTwoComparesTwoDifferentOnes() { // of two targets it always knows both
        Balancer balancer = make(flow::Policy::PowerOfTwo, {1, 1});
        QVERIFY(balancer.take(Target{0}, Seconds{0}));
        for (int i = 0; i < 1000; ++i) {
            QCOMPARE(indexOf(*balancer.pick(Seconds{0})), 1u);
            QVERIFY(balancer.release(Target{1}, Seconds{0}, Seconds{0}));
        }
    }

    void powerOfTwoShares() { // with k idle ones of n, an idle one is met with 1 - (n-k)(n-k-1) / (n (n-1))
        Balancer balancer = make(flow::Policy::PowerOfTwo, std::vector<double>(10, 1));
        for (std::uint32_t i = 0; i < 7; ++i) QVERIFY(balancer.take(Target{i}, Seconds{0}));
        std::vector<std::uint64_t> counts(2);
        for (int i = 0; i < 50000; ++i) {
            const auto target = balancer.pick(Seconds{0});
            ++counts[indexOf(*target) >= 7];
            QVERIFY(balancer.release(*target, Seconds{0}, Seconds{0}));
        }
        const double busy = 7.0 * 6 / (10 * 9);
        QVERIFY(tests::chiSquareProbability(counts, {busy, 1 - busy}) > tests::kUnbelievable);
    }

    void sameSeedSamePicks_data() { tests::addPolicyRows(); }
    void sameSeedSamePicks() {
        QFETCH(flow::Policy, policy);
        const std::vector<double> weights = {1, 2, 3, 4, 1, 1, 1, 1};
        const auto run = [&](std::uint64_t seed, bool copied) {
            Balancer balancer = make(policy, weights, copied ? 99 : seed);
            if (copied) balancer.reseed(seed, Seconds{0});
            std::string letters;
            for (std::uint64_t i = 0; i < 400; ++i) {
                const auto target = balancer.pick(Seconds{double(i)}, i * 0x9e3779b97f4a7c15);
                letters += char('a' + indexOf(*target));
                if (i % 3) balancer.release(*target, Seconds{double(i)}, Seconds{double(i % 5)});
            }
            return letters;
        };
        QCOMPARE(run(1, false), run(1, false));
        QCOMPARE(run(1, true), run(1, false));
        const bool chance = policy == flow::Policy::Random || policy == flow::Policy::PowerOfTwo ||
                            policy == flow::Policy::LeastConnections;
        if (chance) QVERIFY(run(1, false) != run(2, false));
    }

    void fanOutMeetsEachOnce_data() { tests::addPolicyRows(); }
    void fanOutMeetsEachOnce() {
        QFETCH(flow::Policy, policy);
        Balancer balancer = make(policy, {1, 2, 3, 1, 1});
        QVERIFY(balancer.setDown(Target{3}, true, Seconds{0}).has_value());
        for (std::uint64_t round = 0; round < 50; ++round) {
            std::vector<Target> used;
            while (const auto target = balancer.pick(Seconds{0}, round << 56, used)) {
                QVERIFY(std::ranges::find(used, *target) == used.end());
                used.push_back(*target);
            }
            QCOMPARE(used.size(), std::size_t(4));
        }
        for (std::size_t i = 0; i < 4; ++i) QCOMPARE(balancer.connections(*balancer.availableAt(i)), 50u);
        QVERIFY(!balancer.availableAt(4));
        QVERIFY(!balancer.take(Target{3}, Seconds{0}));
    }
};

PLIMSOLL_TEST(BalancerPicksTest);
#include "tst_picks.moc"
