// Slow start, the age of signals and the herds that old signals make, and clocks that misbehave.
#include "tests/engine/balancer/policy_names.h"
#include "tests/support/test_registry.h"

#include <queue>

#include <cmath>

using namespace plimsoll;
using namespace plimsoll::balancer;

namespace {

std::vector<Member> equalMembers(std::uint32_t count) {
    std::vector<Member> members;
    for (std::uint32_t i = 0; i < count; ++i) members.push_back({Target{i}, 1});
    return members;
}

// Eight servers of one core, exponential service of mean 1, first come first served, Poisson arrivals.
struct Farm {
    static constexpr std::uint32_t kServers = 8;
    Settings settings;
    double utilisation = 0.7;
    int requests = 60000;
    std::uint64_t seed = 1;

    double meanResponse() const {
        Balancer balancer = *Balancer::make(settings, equalMembers(kServers));
        Generator generator(seed);
        struct End {
            double at, latency;
            std::uint32_t server;
            bool operator>(const End& other) const { return at > other.at; }
        };
        std::priority_queue<End, std::vector<End>, std::greater<>> ends;
        std::vector<double> freeAt(kServers, 0), work(kServers, 0), workAtPoll(kServers, 0);
        const auto exponential = [&](double mean) { return -mean * std::log1p(-generator.unit()); };
        double now = 0, sum = 0;
        const double age = settings.signalAge.count();
        for (int request = 0; request < requests; ++request) {
            now += exponential(1 / (utilisation * kServers));
            const auto answerUntil = [&](double time) {
                while (!ends.empty() && ends.top().at <= time) {
                    balancer.release(Target{ends.top().server}, Seconds{ends.top().at}, Seconds{ends.top().latency});
                    ends.pop();
                }
            };
            while (settings.policy == flow::Policy::ResourceBased) {
                const auto poll = balancer.nextPoll();
                if (!poll || poll->count() > now) break;
                answerUntil(poll->count());
                for (std::uint32_t i = 0; i < kServers; ++i) { // the busy share since the last poll
                    const double done = work[i] - std::max(0.0, freeAt[i] - poll->count());
                    balancer.observe(Target{i}, std::max(0.0, (done - workAtPoll[i]) / age), *poll);
                    workAtPoll[i] = done;
                }
            }
            answerUntil(now);
            const std::uint32_t server = indexOf(*balancer.pick(Seconds{now}));
            const double service = exponential(1);
            freeAt[server] = std::max(freeAt[server], now) + service;
            work[server] += service;
            ends.push({freeAt[server], freeAt[server] - now, server});
            sum += freeAt[server] - now;
        }
        return sum / requests;
    }
};

} // namespace

class BalancerTimeTest : public QObject {
    Q_OBJECT
private slots:
    // theory/balancing.md 1, 2, 3, 6, 7: mean response at utilisation 0.7, n = 8. Old response times have no figure
    // there: the bounds say that the herd is there (live: 1.2) and grows with the age.
    void signalsAndHerds_data() {
        QTest::addColumn<flow::Policy>("policy");
        QTest::addColumn<double>("age");
        QTest::addColumn<double>("lowest");
        QTest::addColumn<double>("highest");
        QTest::newRow("random") << flow::Policy::Random << 0.0 << 3.1 << 3.6;
        QTest::newRow("round robin") << flow::Policy::RoundRobin << 0.0 << 1.96 << 2.16;
        QTest::newRow("least connections") << flow::Policy::LeastConnections << 0.0 << 1.17 << 1.27;
        QTest::newRow("response time, live") << flow::Policy::LeastResponseTime << 0.0 << 1.17 << 1.34;
        QTest::newRow("response time, 5 services old") << flow::Policy::LeastResponseTime << 5.0 << 9.0 << 17.0;
        QTest::newRow("response time, 20 services old") << flow::Policy::LeastResponseTime << 20.0 << 35.0 << 62.0;
        QTest::newRow("utilisation, 1 service old") << flow::Policy::ResourceBased << 1.0 << 2.4 << 3.3;
        QTest::newRow("utilisation, 5 services old") << flow::Policy::ResourceBased << 5.0 << 8.0 << 11.0;
        QTest::newRow("utilisation, 20 services old") << flow::Policy::ResourceBased << 20.0 << 27.0 << 40.0;
    }
    void signalsAndHerds() {
        QFETCH(flow::Policy, policy);
        QFETCH(double, age);
        QFETCH(double, lowest);
        QFETCH(double, highest);
        Farm farm;
        farm.settings.policy = policy;
        farm.settings.signalAge = Seconds{age};
        const double response = farm.meanResponse();
        QVERIFY2(response > lowest && response < highest, qPrintable(QString::number(response)));
    }

    void signalsAreSeenAtThePollOnly() {
        Settings settings;
        settings.policy = flow::Policy::ResourceBased;
        settings.signalAge = seconds(10);
        Balancer balancer = *Balancer::make(settings, equalMembers(2));
        const Seconds first = *balancer.nextPoll();
        QVERIFY(first >= seconds(0) && first < seconds(10));
        balancer.observe(Target{0}, 0.9, seconds(0));
        balancer.observe(Target{1}, 0.1, seconds(0));
        balancer.observe(Target{1}, 0.2, first); // still in time
        QCOMPARE(balancer.nextPoll()->count(), (first + seconds(10)).count());
        QCOMPARE(indexOf(*balancer.pick(first)), 1u);
        QCOMPARE(balancer.nextPoll()->count(), (first + seconds(10)).count());
        balancer.observe(Target{0}, 0.05, first);
        for (int i = 0; i < 20; ++i) QCOMPARE(indexOf(*balancer.pick(first + seconds(9.9))), 1u);
        QCOMPARE(indexOf(*balancer.pick(first + seconds(10))), 0u);
        QCOMPARE(indexOf(*balancer.pick(first + seconds(1e6))), 0u); // polls that nobody asked for are not made up
        QVERIFY(*balancer.nextPoll() <= first + seconds(1e6 + 10));
    }

    void slowStartGrowsLinearly_data() { tests::addPolicyRows(); }
    void slowStartGrowsLinearly() {
        QFETCH(flow::Policy, policy);
        Settings settings;
        settings.policy = policy;
        settings.slowStart = seconds(100);
        Balancer balancer = *Balancer::make(settings, equalMembers(4));
        QVERIFY(balancer.setDown(Target{3}, true, seconds(0)).has_value());
        QVERIFY(balancer.release(*balancer.pick(seconds(1)), seconds(1), seconds(0.1)));
        QVERIFY(balancer.setDown(Target{3}, false, seconds(1000)).has_value());
        Generator keys(6);
        for (const double passed : {10.0, 50.0, 90.0, 150.0}) {
            const double share = std::min(1.0, passed / 100);
            double met = 0;
            const int picks = 20000;
            std::vector<double> metEach(4);
            for (int i = 0; i < picks; ++i) {
                const auto target = balancer.pick(seconds(1000 + passed), keys.next());
                met += *target == Target{3} ? 1.0 / picks : 0;
                if (policy != flow::Policy::WeightedLeastConnections)
                    balancer.release(*target, seconds(1000 + passed), seconds(0.1));
            }
            // In proportion to the weight reached where weights count; its turn with that probability elsewhere.
            const bool byWeight = policy == flow::Policy::Random || policy == flow::Policy::WeightedRoundRobin ||
                                  policy == flow::Policy::WeightedLeastConnections;
            double expected = byWeight ? share / (3 + share) : share / 4;
            if (policy == flow::Policy::WeightedLeastConnections) continue;         // checked below
            if (policy == flow::Policy::RoundRobin) expected = share / (3 + share); // turns of the others stay whole
            QVERIFY2(std::abs(met - expected) < 0.015, qPrintable(QString("%1 after %2").arg(met).arg(passed)));
        }
    }

    void slowStartOfWeightedLeastConnections() { // connections in proportion to the weights reached
        Settings settings;
        settings.policy = flow::Policy::WeightedLeastConnections;
        settings.slowStart = seconds(100);
        Balancer balancer = *Balancer::make(settings, equalMembers(2));
        QVERIFY(balancer.add({Target{2}, 1}, seconds(0)).has_value());
        for (int i = 0; i < 5000; ++i) QVERIFY(balancer.pick(seconds(50)).has_value());
        QCOMPARE(balancer.connections(Target{2}), 1000u);
        for (int i = 0; i < 1000; ++i) QVERIFY(balancer.pick(seconds(100)).has_value());
        QCOMPARE(balancer.connections(Target{2}), 2000u);
    }

    void aloneInSlowStartItTakesAll_data() { tests::addPolicyRows(); }
    void aloneInSlowStartItTakesAll() {
        QFETCH(flow::Policy, policy);
        Settings settings;
        settings.policy = policy;
        settings.slowStart = seconds(100);
        Balancer balancer = *Balancer::make(settings, {});
        for (std::uint32_t i = 0; i < 3; ++i) QVERIFY(balancer.add({Target{i}, 1}, seconds(0)).has_value());
        for (std::uint64_t i = 0; i < 100; ++i) QVERIFY(balancer.pick(seconds(0), i << 57).has_value());
        const std::vector<Target> others = {Target{0}, Target{2}};
        for (std::uint64_t i = 0; i < 100; ++i) QCOMPARE(*balancer.pick(seconds(0), i << 57, others), Target{1});
    }

    void clocksThatStandStillOrGoBack_data() { tests::addPolicyRows(); }
    void clocksThatStandStillOrGoBack() {
        QFETCH(flow::Policy, policy);
        Settings settings;
        settings.policy = policy;
        settings.signalAge = seconds(1);
        settings.slowStart = seconds(1);
        settings.health = flow::HealthCheck{seconds(1), seconds(1), 2, 2};
        Balancer balancer = *Balancer::make(settings, equalMembers(3), seconds(50));
        const double nan = std::nan(""), infinite = std::numeric_limits<double>::infinity();
        for (const double now : {60.0, 60.0, 10.0, -1e300, nan, infinite, -infinite, 60.5, 1e300, 3.0, 1e308}) {
            for (int i = 0; i < 10; ++i) {
                int checks = 0;
                while (const auto check = balancer.startCheck(Seconds{now})) {
                    QVERIFY(check->startedAt >= seconds(50) && std::isfinite(check->startedAt.count()));
                    balancer.endCheck(*check, Seconds{now}, true);
                    QVERIFY(++checks <= 3);
                }
                const auto target = balancer.pick(Seconds{now});
                QVERIFY(target.has_value());
                QVERIFY(balancer.release(*target, Seconds{-now}, Seconds{now}));
                QVERIFY(balancer.observe(*target, 0.5, Seconds{now}));
            }
            QVERIFY(balancer.setDown(Target{1}, true, Seconds{now}).has_value());
            QVERIFY(balancer.setDown(Target{1}, false, Seconds{now}).has_value());
        }
    }
};

PLIMSOLL_TEST(BalancerTimeTest);
#include "tst_time.moc"
