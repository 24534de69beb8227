// Bad input is refused by name, changes nothing, and nobody to pick is no accident. No allocation on the way of a call.
#include "tests/engine/balancer/policy_names.h"
#include "tests/support/test_registry.h"

#include <cmath>
#include <cstdlib>
#include <new>

using namespace plimsoll;
using namespace plimsoll::balancer;

// clang's sanitizers bring an operator new of their own that cannot be replaced: allocations are counted without them.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
#define PLIMSOLL_FIXED_NEW
#endif
#endif

namespace {
thread_local std::size_t allocations = 0;
}

#ifndef PLIMSOLL_FIXED_NEW
namespace {

void* counted(std::size_t size) {
    ++allocations;
    return std::malloc(size > 0 ? size : 1);
}

} // namespace

void* operator new(std::size_t size) {
    if (void* memory = counted(size)) return memory;
    throw std::bad_alloc();
}
void* operator new[](std::size_t size) {
    return operator new(size);
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    return counted(size);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
    return counted(size);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete[](void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete(void* memory, const std::nothrow_t&) noexcept {
    std::free(memory);
}
void operator delete[](void* memory, const std::nothrow_t&) noexcept {
    std::free(memory);
}

#endif

class BalancerInputTest : public QObject {
    Q_OBJECT
private slots:
    void nobodyToPick_data() { tests::addPolicyRows(); }
    void nobodyToPick() {
        QFETCH(flow::Policy, policy);
        Settings settings;
        settings.policy = policy;
        Balancer balancer = *Balancer::make(settings, {});
        QVERIFY(!balancer.pick(seconds(1), 5));
        QVERIFY(!balancer.release(Target{0}, seconds(1), seconds(1)));
        QVERIFY(!balancer.observe(Target{0}, 0.5, seconds(1)));
        QVERIFY(balancer.add({Target{2}, 0}, seconds(1)).has_value()); // weight 0 only
        QVERIFY(!balancer.pick(seconds(1), 5));
        QVERIFY(balancer.setWeight(Target{2}, 1, seconds(1)).has_value());
        QCOMPARE(*balancer.pick(seconds(1), 5), Target{2});
        const std::vector<Target> excluded = {Target{2}, Target{2}, Target{4000000000u}};
        QVERIFY(!balancer.pick(seconds(1), 5, excluded));
        QVERIFY(balancer.setDown(Target{2}, true, seconds(1)).has_value());
        QVERIFY(!balancer.pick(seconds(1), 5));
        QVERIFY(balancer.release(Target{2}, seconds(1), seconds(1))); // the call that was under way
        QVERIFY(!balancer.release(Target{2}, seconds(1), seconds(1)));
        QVERIFY(balancer.remove(Target{2}, seconds(1)).has_value());
        QVERIFY(!balancer.pick(seconds(1), 5));
    }

    void callsOutliveMembership_data() { tests::addPolicyRows(); }
    void callsOutliveMembership() {
        QFETCH(flow::Policy, policy);
        Settings settings;
        settings.policy = policy;
        const std::vector<Member> members = {{Target{0}, 1}};
        Balancer balancer = *Balancer::make(settings, members);
        for (int i = 0; i < 3; ++i) QVERIFY(balancer.pick(seconds(0)));
        QVERIFY(balancer.remove(Target{0}, seconds(0)).has_value());
        QVERIFY(balancer.release(Target{0}, seconds(1), seconds(1)));
        QVERIFY(balancer.add({Target{0}, 1}, seconds(1)).has_value());
        QCOMPARE(balancer.connections(Target{0}), 2u);
        for (int i = 0; i < 2; ++i) QVERIFY(balancer.release(Target{0}, seconds(1), seconds(1)));
        QVERIFY(!balancer.release(Target{0}, seconds(1), seconds(1)));
        QVERIFY(balancer.pick(seconds(2)));
    }

    void wrongMembers_data() {
        QTest::addColumn<quint32>("target");
        QTest::addColumn<double>("weight");
        QTest::addColumn<QString>("field");
        QTest::newRow("twice") << 1u << 1.0 << "target";
        QTest::newRow("negative weight") << 5u << -1.0 << "weight";
        QTest::newRow("no number") << 5u << std::nan("") << "weight";
        QTest::newRow("infinite") << 5u << std::numeric_limits<double>::infinity() << "weight";
        QTest::newRow("too small to count") << 5u << 1e-200 << "weight";
        QTest::newRow("too large to add") << 5u << 1e200 << "weight";
        QTest::newRow("number out of range") << kTargetLimit << 1.0 << "target";
    }
    void wrongMembers() {
        QFETCH(quint32, target);
        QFETCH(double, weight);
        QFETCH(QString, field);
        std::vector<Member> members = {{Target{0}, 1}, {Target{1}, 1}};
        Balancer balancer = *Balancer::make({}, members);
        const auto added = balancer.add({Target{target}, weight}, seconds(0));
        QVERIFY(!added.has_value());
        QCOMPARE(QString::fromStdString(added.error().field), field);
        QVERIFY(added.error().message.find(field.toStdString() + " is ") == 0);
        QCOMPARE(balancer.availableCount(), std::size_t(2));
        members.push_back({Target{target}, weight});
        QVERIFY(!Balancer::make({}, members).has_value());
        if (field != "weight") return;
        QVERIFY(!balancer.setWeight(Target{0}, weight, seconds(0)).has_value());
        QVERIFY(balancer.available(Target{0}));
    }

    void strangersCannotChange() {
        Balancer balancer = *Balancer::make({}, {});
        QCOMPARE(balancer.remove(Target{3}, seconds(0)).error().element, std::string("targets[3]"));
        QVERIFY(!balancer.setWeight(Target{3}, 1, seconds(0)).has_value());
        QVERIFY(!balancer.setDown(Target{3}, true, seconds(0)).has_value());
        QCOMPARE(balancer.connections(Target{3}), 0u);
        QVERIFY(!balancer.available(Target{3}) && !balancer.ejected(Target{3}));
        QVERIFY(!balancer.nextHealthEvent() && !balancer.startCheck(seconds(5)) && !balancer.nextPoll());
    }

    void wrongSettings_data() {
        QTest::addColumn<int>("which");
        QTest::addColumn<QString>("field");
        const char* const fields[] = {"signal_age_s",      "slow_start_s",     "smoothing",
                                      "health.interval_s", "health.timeout_s", "health.fall",
                                      "health.rise",       "policy",           "signal_age_s"};
        for (int i = 0; i < int(std::size(fields)); ++i) QTest::addRow("%d %s", i, fields[i]) << i << fields[i];
    }
    void wrongSettings() {
        QFETCH(int, which);
        QFETCH(QString, field);
        Settings settings;
        settings.health = flow::HealthCheck{};
        if (which == 0) settings.signalAge = seconds(-1);
        if (which == 1) settings.slowStart = seconds(std::numeric_limits<double>::infinity());
        if (which == 2) settings.smoothing = 0;
        if (which == 3) settings.health->interval = seconds(0);
        if (which == 4) settings.health->timeout = seconds(std::nan(""));
        if (which == 5) settings.health->fall = 0;
        if (which == 6) settings.health->rise = 0;
        if (which == 7) settings.policy = static_cast<flow::Policy>(77);
        if (which == 8) settings.signalAge = seconds(std::nan(""));
        const auto made = Balancer::make(settings, {});
        QVERIFY(!made.has_value());
        QCOMPARE(QString::fromStdString(made.error().field), field);
    }

    void wrongSignals() {
        Settings settings;
        settings.policy = flow::Policy::ResourceBased;
        const std::vector<Member> members = {{Target{0}, 1}, {Target{1}, 1}};
        Balancer balancer = *Balancer::make(settings, members);
        QVERIFY(balancer.observe(Target{0}, 0.5, seconds(0)));
        for (const double wrong : {-0.1, std::nan(""), std::numeric_limits<double>::infinity()})
            QVERIFY(!balancer.observe(Target{0}, wrong, seconds(0)));
        QCOMPARE(*balancer.pick(seconds(0)), Target{1});
        settings.policy = flow::Policy::LeastResponseTime;
        Balancer other = *Balancer::make(settings, members);
        for (const double latency : {-1.0, std::nan(""), 1e308, 1e308, std::numeric_limits<double>::infinity()})
            for (int i = 0; i < 20; ++i) QVERIFY(other.release(*other.pick(seconds(0)), seconds(0), seconds(latency)));
    }

    void extremeWeights_data() { tests::addPolicyRows(); }
    void extremeWeights() {
        QFETCH(flow::Policy, policy);
        Settings settings;
        settings.policy = policy;
        const std::vector<Member> members = {{Target{0}, kLeastWeight}, {Target{1}, kMostWeight}, {Target{2}, 1}};
        Balancer balancer = *Balancer::make(settings, members);
        for (std::uint64_t i = 0; i < 1000; ++i) QVERIFY(balancer.pick(seconds(0), i * 0x9e3779b97f4a7c15));
        QVERIFY(balancer.setDown(Target{1}, true, seconds(0)).has_value());
        for (std::uint64_t i = 0; i < 1000; ++i) QVERIFY(balancer.pick(seconds(0), i * 0x9e3779b97f4a7c15));
        QVERIFY(balancer.setDown(Target{2}, true, seconds(0)).has_value());
        for (std::uint64_t i = 0; i < 1000; ++i)
            QCOMPARE(*balancer.pick(seconds(0), i * 0x9e3779b97f4a7c15), Target{0});
    }

    void callsDoNotAllocate_data() { tests::addPolicyRows(); }
    void callsDoNotAllocate() {
#ifdef PLIMSOLL_FIXED_NEW
        QSKIP("allocations cannot be counted under clang's sanitizers");
#endif
        QFETCH(flow::Policy, policy);
        Settings settings;
        settings.policy = policy;
        settings.signalAge = seconds(0.5);
        settings.slowStart = seconds(2);
        settings.health = flow::HealthCheck{seconds(1), seconds(0.5), 2, 1};
        std::vector<Member> members;
        for (std::uint32_t i = 0; i < 50; ++i) members.push_back({Target{i}, 1.0 + i % 3});
        Balancer balancer = *Balancer::make(settings, members);
        const std::vector<Target> excluded = {Target{1}, Target{2}, Target{3}};
        Generator generator(2);
        std::vector<Target> open(64, Target{0});
        std::size_t calls = 0;
        const std::size_t before = allocations;
        for (int i = 0; i < 20000; ++i) {
            const Seconds now = seconds(i * 0.001);
            while (const auto check = balancer.startCheck(now)) // some hang: ejected and back within picks
                if (generator.below(3) > 0) balancer.endCheck(*check, now, true);
            const auto target =
                balancer.pick(now, generator.next(), i % 5 ? std::span<const Target>() : std::span(excluded));
            if (!target) continue;
            Target& slot = open[calls++ % open.size()];
            if (calls > open.size()) balancer.release(slot, now, seconds(generator.unit()));
            balancer.observe(*target, generator.unit(), now);
            slot = *target;
        }
        QCOMPARE(allocations, before);
        QVERIFY(calls > 10000);
    }
};

PLIMSOLL_TEST(BalancerInputTest);
#include "tst_input.moc"
