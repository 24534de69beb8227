// Eight threads on one balancer: nothing is lost, nothing tears (the tsan preset watches).
#include "tests/engine/balancer/policy_names.h"
#include "tests/support/test_registry.h"

#include <thread>

using namespace plimsoll;
using namespace plimsoll::balancer;

class BalancerThreadsTest : public QObject {
    Q_OBJECT
private slots:
    void eightThreads_data() { tests::addPolicyRows(); }
    void eightThreads() {
        QFETCH(flow::Policy, policy);
        Settings settings;
        settings.policy = policy;
        settings.signalAge = seconds(0.01);
        settings.slowStart = seconds(0.05);
        settings.health = flow::HealthCheck{seconds(0.1), seconds(0.05), 2, 1};
        std::vector<Member> members;
        for (std::uint32_t i = 0; i < 20; ++i) members.push_back({Target{i}, 1.0 + i % 3});
        SharedBalancer balancer = *SharedBalancer::make(settings, members);
        constexpr int kThreads = 8, kCalls = 2000, kOpen = 16;
        const auto caller = [&](std::uint64_t number) {
            Generator generator(number);
            std::vector<Target> open;
            for (int i = 0; i < kCalls; ++i) {
                const Seconds now = seconds(i * 1e-3);
                if (const auto target = balancer.pick(now, generator.next())) open.push_back(*target);
                if (open.size() > kOpen) {
                    balancer.release(open.front(), now, seconds(generator.unit()), i % 7 != 0);
                    open.erase(open.begin());
                }
                if (i % 3 == 0) balancer.observe(Target{generator.below(20)}, generator.unit(), now);
                if (i % 50 == 0) balancer.setDown(Target{std::uint32_t(number)}, i % 100 == 0, now);
                if (i % 200 == 0) {
                    balancer.remove(Target{std::uint32_t(number) + 8}, now);
                    balancer.add({Target{std::uint32_t(number) + 8}, 2}, now);
                }
                while (const auto check = balancer.startCheck(now))
                    balancer.endCheck(*check, now, generator.below(4) > 0);
            }
            for (const Target target : open) balancer.release(target, seconds(kCalls * 1e-3), seconds(0.1));
        };
        std::vector<std::jthread> threads;
        for (std::uint64_t number = 0; number < kThreads; ++number) threads.emplace_back(caller, number);
        threads.clear();
        for (std::uint32_t i = 0; i < 20; ++i) QCOMPARE(balancer.connections(Target{i}), 0u);
        QVERIFY(balancer.pick(seconds(10)).has_value() || balancer.availableCount() == 0);
    }
};

PLIMSOLL_TEST(BalancerThreadsTest);
#include "tst_threads.moc"
