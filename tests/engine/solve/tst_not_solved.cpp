// Every kind, policy and option that waits for a later version is refused by name, never answered with a silent zero;
// and what is trivially the same as something solved is let through.
#include "engine/solve/solve.h"
#include "tests/engine/solve/models.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <functional>

using namespace plimsoll;
using namespace plimsoll::tests;

namespace {

/// Fleet 1 has two instances with station 0, entry 0 serves there, balancer 0 picks one at random; step 1 calls it.
Model base() {
    Model model;
    model.fleets.push_back({{}, {{2, 1, 1}}, {}});
    Station station;
    station.fleet = FleetId{1};
    const StepId serve = addServe(model, station, exponential(0.01));
    Balancer balancer;
    balancer.backends = {{FleetId{1}, 1}};
    model.balancers.push_back(balancer);
    model.entries.push_back({{}, FleetId{1}, serve});
    addClass(model, "request", 100, addStep(model, Call{BalancerId{0}, {EntryId{0}}, 1, {}}));
    return model;
}

/// Makes the class enter this step.
void enter(Model& model, Body body) {
    model.classes[0].root = addStep(model, std::move(body));
}

} // namespace

class TestNotSolved : public QObject {
    Q_OBJECT
    struct Row {
        const char* element;
        const char* field;
        const char* says;
        std::function<void(Model&)> change;
    };
    static std::vector<Row> rows() {
        const StepId call{1};
        return {
            {"caches[0]", "eviction", "eviction policy",
             [=](Model& m) {
                 m.keySpaces.push_back({});
                 m.caches.push_back({{}, {}, KeySpaceId{0}, {10}, Eviction::Arc, {}, false, {}});
                 enter(m, Lookup{CacheId{0}, call, call});
             }},
            {"caches[0]", "eviction", "eviction policy",
             [](Model& m) {
                 m.keySpaces.push_back({});
                 m.caches.push_back({{}, {}, KeySpaceId{0}, {10}, Eviction::Sieve, {}, false, {}});
                 enter(m, Invalidate{CacheId{0}, 1});
             }},
        };
    }
private slots:
    void refused_data() {
        QTest::addColumn<int>("row");
        const auto all = rows();
        for (std::size_t i = 0; i < all.size(); ++i) QTest::addRow("%d: %s", int(i), all[i].says) << int(i);
    }
    void refused() {
        QFETCH(int, row);
        const Row spec = rows()[std::size_t(row)];
        Model model = base();
        QVERIFY(solve(model).has_value());
        spec.change(model);
        const auto answer = solve(model);
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Error::NotSolvedYet);
        QCOMPARE(QString::fromStdString(answer.error().element), QString(spec.element));
        QCOMPARE(QString::fromStdString(answer.error().field), QString(spec.field));
        const QString message = QString::fromStdString(answer.error().message);
        QVERIFY2(message.contains(spec.says) && message.endsWith("is not solved yet"), qPrintable(message));
    }

    /// What nobody enters does not matter.
    void unreached() {
        Model model = base();
        model.pools.push_back({});
        addStep(model, Hold{PoolId{0}, StepId{1}, 0});
        const auto answer = solve(model);
        QVERIFY(answer.has_value());
        QCOMPARE(answer->pools.size(), std::size_t(1));
        QCOMPARE(std::string(answer->pools[0].method.id), std::string("unused"));
    }

    /// One try, one branch, one copy: the same as the body.
    void trivial() {
        const double plain = solve(base())->classes[0].latency->mean.count();
        const std::vector<std::function<void(Model&)>> changes{
            [](Model& m) {
                Attempt a;
                a.body = StepId{1};
                enter(m, a);
            },
            [](Model& m) { enter(m, Parallel{{StepId{1}}, 1, {}}); },
            [](Model& m) { enter(m, Call{BalancerId{0}, {EntryId{0}}, 1, FanOut{1, 1, {}, {}}}); }};
        for (const auto& change : changes) {
            Model model = base();
            change(model);
            const auto answer = solve(model);
            QVERIFY(answer.has_value());
            QCOMPARE(answer->classes[0].latency->mean.count(), plain);
        }
    }

    /// Any policy has one way to pick among one.
    void oneCandidate() {
        Model model = base();
        model.fleets[1].members = {{1, 1, 1}, {3, 1, 0}}; // the others are drained
        model.classes[0].arrivals = Open{{50}, 1, 1};
        model.balancers[0].policy = Policy::LeastConnections;
        const auto answer = solve(model);
        QVERIFY(answer.has_value());
        QVERIFY(std::abs(answer->classes[0].latency->mean.count() - 0.02) < 1e-12);
    }
};

PLIMSOLL_TEST(TestNotSolved);
#include "tst_not_solved.moc"
