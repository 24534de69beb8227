// One row per kind of nonsense: each gives one error that names element and field.
#include "engine/flow/validate.h"
#include "engine/solve/solve.h"
#include "tests/engine/solve/models.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <functional>

using namespace plimsoll;
using namespace plimsoll::tests;

namespace {

/// A model with one of everything, valid.
Model sound() {
    Model model;
    model.fleets.push_back({{}, {{2, 1, 1}}, Failures{Seconds{1e6}, exponential(600), DownAs::Hangs}});
    Station station;
    station.fleet = FleetId{1};
    const StepId serve = addServe(model, station, exponential(0.01));
    Pool pool;
    pool.onDemand = OnDemand{.provisioned = 0,
                             .boot = exponential(1),
                             .keepAlive = Seconds{60},
                             .bootLimit = BootLimit{{10}, 5},
                             .attaches = PoolId{0}};
    model.pools.push_back(pool);
    model.limiters.push_back({{}, {}, {100}, 10, OverLimit::Reject});
    model.keySpaces.push_back({});
    Cache cache;
    cache.keySpace = KeySpaceId{0};
    cache.capacity = {10};
    cache.ttl = Seconds{60};
    model.caches.push_back(cache);
    Balancer balancer;
    balancer.backends = {{FleetId{1}, 1}};
    balancer.health = HealthCheck{};
    model.balancers.push_back(balancer);
    model.entries.push_back({{}, FleetId{1}, serve});
    const StepId call = addStep(model, Call{BalancerId{0}, {EntryId{0}}, 1, {}});  // 1
    const StepId choice = addStep(model, Choice{{{{0.5}, call}, {{0.5}, call}}});  // 2
    addStep(model, Lookup{CacheId{0}, call, call});                                // 3
    addStep(model, Hold{PoolId{0}, call, 0});                                      // 4
    addStep(model, Attempt{.body = call, .budget = {}, .on = {}, .fallback = {}}); // 5
    addStep(model, Timeout{Seconds{1}, call});                                     // 6
    addStep(model, Repeat{call, 2, true});                                         // 7
    addStep(model, Parallel{{call, call}, 1, Leftover::Cancel});                   // 8
    addStep(model, Limit{LimiterId{0}});                                           // 9
    addStep(model, Fail{{0.1}, Cause::Application});                               // 10
    addStep(model, Spawn{BalancerId{0}, {EntryId{0}}});                            // 11
    addStep(model, Invalidate{CacheId{0}});                                        // 12
    addClass(model, "request", 10, choice);
    model.classes.push_back({"users", {}, Closed{10, exponential(1)}, call});
    return model;
}

template <class Kind> Kind& body(Model& model, std::size_t step) {
    return std::get<Kind>(model.steps[step].body);
}

constexpr double kNan = std::numeric_limits<double>::quiet_NaN(), kInfinity = std::numeric_limits<double>::infinity();

} // namespace

class TestValidate : public QObject {
    Q_OBJECT
    using Spoil = std::function<void(Model&)>;
    struct Row {
        const char* element;
        const char* field;
        Spoil spoil;
    };
    static std::vector<Row> rows() {
        return {
            {"", "fleets", [](Model& m) { m.fleets.clear(); }},
            {"fleets[0]", "members", [](Model& m) { m.fleets[0].members[0].count = 2; }},
            {"fleets[1]", "members", [](Model& m) { m.fleets[1].members.clear(); }},
            {"fleets[1]", "members.speed", [](Model& m) { m.fleets[1].members[0].speed = 0; }},
            {"fleets[1]", "members.weight", [](Model& m) { m.fleets[1].members[0].weight = -1; }},
            {"fleets[1]", "failures.mean_time_between_s", [](Model& m) { m.fleets[1].failures->meanTimeBetween = {}; }},
            {"fleets[1]", "failures.repair.phases", [](Model& m) { m.fleets[1].failures->repair.phases.clear(); }},
            {"stations[0]", "fleet", [](Model& m) { m.stations[0].fleet = FleetId{7}; }},
            {"stations[0]", "servers", [](Model& m) { m.stations[0].servers = 0; }},
            {"stations[0]", "capacity", [](Model& m) { m.stations[0].capacity = 0; }},
            {"stations[0]", "capacity",
             [](Model& m) {
                 m.stations[0].servers.reset();
                 m.stations[0].capacity = 4;
             }},
            {"stations[0]", "contention.sigma", [](Model& m) { m.stations[0].contention.sigma = kNan; }},
            {"stations[0]", "contention.kappa", [](Model& m) { m.stations[0].contention.kappa = -1; }},
            {"pools[0]", "tokens", [](Model& m) { m.pools[0].tokens = 0; }},
            {"pools[0]", "max_wait_s", [](Model& m) { m.pools[0].maxWait = Seconds{kInfinity}; }},
            {"pools[0]", "on_demand.provisioned", [](Model& m) { m.pools[0].onDemand->provisioned = 9; }},
            {"pools[0]", "on_demand.attaches", [](Model& m) { m.pools[0].onDemand->attaches = PoolId{3}; }},
            {"pools[0]", "on_demand.boot_limit.burst", [](Model& m) { m.pools[0].onDemand->bootLimit->burst = 0; }},
            {"limiters[0]", "rate_per_s", [](Model& m) { m.limiters[0].rate = {0}; }},
            {"limiters[0]", "burst", [](Model& m) { m.limiters[0].burst = 0.5; }},
            {"key_spaces[0]", "keys", [](Model& m) { m.keySpaces[0].keys = 0; }},
            {"key_spaces[0]", "zipf", [](Model& m) { m.keySpaces[0].zipf = -0.1; }},
            {"key_spaces[0]", "mean_size_bytes", [](Model& m) { m.keySpaces[0].meanSize = {0}; }},
            {"caches[0]", "key_space", [](Model& m) { m.caches[0].keySpace.reset(); }},
            {"caches[0]", "key_space", [](Model& m) { m.caches[0].keySpace = KeySpaceId{4}; }},
            {"caches[0]", "capacity_bytes", [](Model& m) { m.caches[0].capacity = {0}; }},
            {"caches[0]", "fixed_hit_ratio", [](Model& m) { m.caches[0].fixedHitRatio = Probability{1.5}; }},
            {"caches[0]", "ttl_s", [](Model& m) { m.caches[0].ttl = Seconds{0}; }},
            {"balancers[0]", "backends", [](Model& m) { m.balancers[0].backends.clear(); }},
            {"balancers[0]", "backends.weight", [](Model& m) { m.balancers[0].backends[0].weight = kNan; }},
            {"balancers[0]", "key_space", [](Model& m) { m.balancers[0].policy = Policy::KeyHash; }},
            {"balancers[0]", "health.fall", [](Model& m) { m.balancers[0].health->fall = 0; }},
            {"entries[0]", "root", [](Model& m) { m.entries[0].root = StepId{99}; }},
            {"steps[0]", "station", [](Model& m) { body<Serve>(m, 0).station = StationId{4}; }},
            {"steps[0]", "demand.phases", [](Model& m) { body<Serve>(m, 0).demand.phases[0].weight = {0.5}; }},
            {"steps[0]", "demand.phases[0]",
             [](Model& m) { body<Serve>(m, 0).demand.phases[0].scale = Seconds{kNan}; }},
            {"steps[0]", "demand.phases[0]", [](Model& m) { body<Serve>(m, 0).demand.phases[0].scale = Seconds{-1}; }},
            {"steps[0]", "demand.phases[0]",
             [](Model& m) { body<Serve>(m, 0).demand.phases[0].scale = Seconds{1e300}; }},
            {"steps[0]", "demand.phases[0]",
             [](Model& m) { body<Serve>(m, 0).demand.phases[0].scale = Seconds{1e-300}; }},
            {"steps[0]", "demand.phases[0]", [](Model& m) { body<Serve>(m, 0).demand.phases[0].shape = 0; }},
            {"steps[1]", "entries", [](Model& m) { body<Call>(m, 1).entries.clear(); }},
            {"steps[1]", "entries", [](Model& m) { m.entries[0].fleet = FleetId{0}; }},
            {"steps[1]", "via", [](Model& m) { body<Call>(m, 1).via = BalancerId{5}; }},
            {"steps[1]", "count", [](Model& m) { body<Call>(m, 1).count = -1; }},
            {"steps[1]", "fan_out.need", [](Model& m) { body<Call>(m, 1).fanOut = FanOut{2, 3, {}, {}}; }},
            {"steps[2]", "branches", [](Model& m) { body<Choice>(m, 2).branches[0].probability = {0.6}; }},
            {"steps[2]", "branches", [](Model& m) { body<Choice>(m, 2).branches.clear(); }},
            {"steps[2]", "branches.probability", [](Model& m) { body<Choice>(m, 2).branches[0].probability = {-0.5}; }},
            {"steps[3]", "on_miss", [](Model& m) { body<Lookup>(m, 3).onMiss = StepId{99}; }},
            {"steps[4]", "pool", [](Model& m) { body<Hold>(m, 4).pool = PoolId{1}; }},
            {"steps[5]", "max_attempts", [](Model& m) { body<Attempt>(m, 5).maxAttempts = 0; }},
            {"steps[5]", "fallback", [](Model& m) { body<Attempt>(m, 5).fallback = StepId{99}; }},
            {"steps[6]", "after_s", [](Model& m) { body<Timeout>(m, 6).after = Seconds{-1}; }},
            {"steps[7]", "count", [](Model& m) { body<Repeat>(m, 7).count = kInfinity; }},
            {"steps[7]", "body", [](Model& m) { body<Repeat>(m, 7).body = StepId{7}; }},
            {"steps[8]", "need", [](Model& m) { body<Parallel>(m, 8).need = 3; }},
            {"steps[9]", "limiter", [](Model& m) { body<Limit>(m, 9).limiter = LimiterId{1}; }},
            {"steps[10]", "probability", [](Model& m) { body<Fail>(m, 10).probability = {kNan}; }},
            {"steps[11]", "count", [](Model& m) { body<Spawn>(m, 11).count = -2; }},
            {"steps[12]", "keys", [](Model& m) { body<Invalidate>(m, 12).keys = -1; }},
            {"", "classes", [](Model& m) { m.classes.clear(); }},
            {"classes[0]", "name", [](Model& m) { m.classes[0].name.clear(); }},
            {"classes[1]", "name", [](Model& m) { m.classes[1].name = "request"; }},
            {"classes[0]", "root", [](Model& m) { m.classes[0].root = StepId{99}; }},
            {"classes[0]", "arrivals.open.rate_per_s", [](Model& m) { m.classes[0].arrivals = Open{{-1}, 1, 1}; }},
            {"classes[0]", "arrivals.open.rate_per_s", [](Model& m) { m.classes[0].arrivals = Open{{1e300}, 1, 1}; }},
            {"classes[0]", "arrivals.open.scv", [](Model& m) { m.classes[0].arrivals = Open{{1}, -1, 1}; }},
            {"classes[0]", "arrivals.open.batch", [](Model& m) { m.classes[0].arrivals = Open{{1}, 1, 0}; }},
        };
    }
private slots:
    void soundModel() { QVERIFY(validate(sound()).has_value()); }

    void nonsense_data() {
        QTest::addColumn<int>("row");
        const auto all = rows();
        for (std::size_t i = 0; i < all.size(); ++i)
            QTest::addRow("%d: %s %s", int(i), all[i].element, all[i].field) << int(i);
    }
    void nonsense() {
        QFETCH(int, row);
        const Row spec = rows()[std::size_t(row)];
        Model model = sound();
        spec.spoil(model);
        const auto checked = validate(model);
        QVERIFY(!checked);
        QCOMPARE(checked.error().kind, Error::Invalid);
        QCOMPARE(QString::fromStdString(checked.error().element), QString(spec.element));
        QCOMPARE(QString::fromStdString(checked.error().field), QString(spec.field));
        QVERIFY(!checked.error().message.empty());
        QVERIFY(checked.error().message.find('\n') == std::string::npos);
    }

    void resourceOfAnotherFleet() {
        Model model = sound();
        model.classes.pop_back();
        model.classes[0].root = StepId{0}; // the outside uses a station of a fleet of two
        const auto answer = solve(model);
        QVERIFY(!answer);
        QCOMPARE(answer.error().element, std::string("steps[0]"));
        QCOMPARE(answer.error().field, std::string("station"));
    }

    /// A million stations, a million steps deep: an answer, without recursion.
    void large() {
        Model model;
        constexpr std::uint32_t kMany = 1000000;
        StepId below = addStep(model, Sequence{});
        for (std::uint32_t i = 0; i < kMany; ++i) below = addStep(model, Sequence{{below}});
        model.stations.resize(kMany);
        addClass(model, "deep", 1, below);
        SolveOptions options;
        options.distributions = false;
        const auto answer = solve(model, options);
        QVERIFY(answer.has_value());
        QCOMPARE(answer->classes[0].latency->mean.count(), 0.0);
        std::get<Sequence>(model.steps[0].body).steps.push_back(below);
        QVERIFY(!validate(model));
    }

    void extremes_data() {
        QTest::addColumn<double>("rate");
        QTest::addColumn<double>("demand");
        for (double rate : {1e-300, 1e-30, 1.0, 1e30})
            for (double demand : {0.0, 1e-30, 1.0, 1e30}) QTest::addRow("%g/s x %g s", rate, demand) << rate << demand;
    }
    /// Whatever validates is answered, with finite figures.
    void extremes() {
        QFETCH(double, rate);
        QFETCH(double, demand);
        Model model;
        addClass(model, "request", rate, addServe(model, {}, exponential(demand)));
        const auto answer = solve(model);
        QVERIFY(answer.has_value());
        QVERIFY(std::isfinite(answer->stations[0].demand) && std::isfinite(answer->stations[0].growth.value));
        if (!answer->classes[0].latency) return;
        for (Seconds quantile : answer->classes[0].latency->quantile) QVERIFY(std::isfinite(quantile.count()));
    }
};

PLIMSOLL_TEST(TestValidate);
#include "tst_validate.moc"
