// Nonsense, emptiness and extremes: an answer or an error that names the element, at once, and no number that is none.
#include "engine/flow/validate.h"
#include "tests/engine/solve/models.h"
#include "tests/engine/solve/solution_checks.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <functional>
#include <limits>

using namespace plimsoll;
using namespace plimsoll::flow;
using namespace plimsoll::tests;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN(), kInfinity = std::numeric_limits<double>::infinity();

/// One M/M/1 of 1 ms at 100/s, called through a balancer.
Model base() {
    Model model;
    model.fleets.resize(2);
    Station station;
    station.fleet = FleetId{1};
    const StepId serve = addServe(model, station, exponential(0.001));
    model.entries.push_back({{}, FleetId{1}, serve});
    Balancer balancer;
    balancer.backends = {{FleetId{1}, 1}};
    model.balancers.push_back(balancer);
    addClass(model, "request", 100, addStep(model, Call{BalancerId{0}, {EntryId{0}}, 1, {}}));
    return model;
}

void setRate(Model& model, double rate_per_s) {
    std::get<Open>(model.classes[0].arrivals).rate.value = rate_per_s;
}
void setService(Model& model, double mean_s) {
    std::get<Serve>(model.steps[0].body).demand = exponential(mean_s);
}

struct Refusal {
    const char* what;
    const char* element;
    const char* field;
    std::function<void(Model&)> change;
};

const std::vector<Refusal>& refusals() {
    static const std::vector<Refusal> all{
        {"negative rate", "classes[0]", "arrivals.open.rate_per_s", [](Model& m) { setRate(m, -1); }},
        {"rate that is no number", "classes[0]", "arrivals.open.rate_per_s", [](Model& m) { setRate(m, kNan); }},
        {"rate without end", "classes[0]", "arrivals.open.rate_per_s", [](Model& m) { setRate(m, kInfinity); }},
        {"negative service", "steps[0]", "demand.phases[0]",
         [](Model& m) { std::get<Serve>(m.steps[0].body).demand.phases[0].scale = Seconds{-1}; }},
        {"no servers", "stations[0]", "servers", [](Model& m) { m.stations[0].servers = 0; }},
        {"no instances", "fleets[1]", "members", [](Model& m) { m.fleets[1].members.clear(); }},
        {"probabilities that do not sum", "steps[2]", "branches",
         [](Model& m) {
             m.classes[0].root = addStep(m, Choice{{{{0.5}, m.classes[0].root}, {{0.4}, m.classes[0].root}}});
         }},
        {"a step that is not there", "classes[0]", "root", [](Model& m) { m.classes[0].root = StepId{99}; }},
        {"negative users' thinking", "classes[0]", "arrivals.closed.think.phases[0]",
         [](Model& m) { m.classes[0].arrivals = Closed{3, distribution::constant(Seconds{-1})}; }},
        {"users with nothing to do", "classes[0]", "arrivals.closed.think",
         [](Model& m) {
             m.classes[0].arrivals = Closed{3, distribution::constant(Seconds{0})};
             m.classes[0].root = addStep(m, Sequence{});
         }},
        {"nothing at all", "", "classes", [](Model& m) { m = Model{}; }},
        {"a billion calls of a station that is full", "stations", "carried",
         [](Model& m) { std::get<Call>(m.steps[1].body).count = 1e9; }},
        {"a rate beyond all numbers", "classes[0]", "arrivals.open.rate_per_s", [](Model& m) { setRate(m, 1e300); }},
    };
    return all;
}

struct Extreme {
    const char* what;
    std::function<void(Model&)> change;
};

const std::vector<Extreme>& extremes() {
    static const std::vector<Extreme> all{
        {"no traffic", [](Model& m) { setRate(m, 0); }},
        {"a rate of next to nothing", [](Model& m) { setRate(m, 1e-300); }},
        {"a service of next to nothing", [](Model& m) { setService(m, 1e-30); }},
        {"a service that never ends", [](Model& m) { setService(m, 1e30); }},
        {"a billion servers",
         [](Model& m) {
             m.stations[0].servers = 1'000'000'000;
             setService(m, 9e6);
         }},
        {"a billion servers that share",
         [](Model& m) {
             m.stations[0].servers = 1'000'000'000;
             m.stations[0].discipline = Discipline::ProcessorSharing;
             setService(m, 9e6);
         }},
        {"a billion users", [](Model& m) { m.classes[0].arrivals = Closed{1'000'000'000, exponential(1)}; }},
        {"nobody", [](Model& m) { m.classes[0].arrivals = Closed{0, exponential(1)}; }},
        {"a pool of a billion",
         [](Model& m) {
             Pool pool;
             pool.fleet = FleetId{1};
             pool.tokens = 1'000'000'000;
             m.pools.push_back(pool);
             m.entries[0].root = addStep(m, Hold{PoolId{0}, m.entries[0].root, 0});
         }},
        {"a timeout at once",
         [](Model& m) {
             Timeout timeout;
             timeout.body = m.classes[0].root;
             m.classes[0].root = addStep(m, timeout);
         }},
        {"everything fails",
         [](Model& m) {
             Attempt attempt;
             attempt.body = addStep(m, Sequence{{m.classes[0].root, addStep(m, Fail{{1}, Cause::Application})}});
             attempt.maxAttempts = 1000;
             m.classes[0].root = addStep(m, attempt);
         }},
        {"everybody is down", [](Model& m) { m.balancers[0].backends[0].weight = 0; }},
    };
    return all;
}

} // namespace

class TestBadInput : public QObject {
    Q_OBJECT
private slots:
    void refused_data() {
        QTest::addColumn<int>("row");
        for (std::size_t i = 0; i < refusals().size(); ++i) QTest::addRow("%s", refusals()[i].what) << int(i);
    }
    void refused() {
        QFETCH(int, row);
        const Refusal& refusal = refusals()[std::size_t(row)];
        Model model = base();
        QVERIFY(solve(model).has_value());
        refusal.change(model);
        const auto answer = solve(model);
        QVERIFY(!answer);
        QCOMPARE(QString::fromStdString(answer.error().element), QString(refusal.element));
        QCOMPARE(QString::fromStdString(answer.error().field), QString(refusal.field));
        QVERIFY2(!answer.error().message.empty() && answer.error().message.find('\n') == std::string::npos,
                 answer.error().message.c_str());
    }

    void answered_data() {
        QTest::addColumn<int>("row");
        for (std::size_t i = 0; i < extremes().size(); ++i) QTest::addRow("%s", extremes()[i].what) << int(i);
    }
    void answered() {
        QFETCH(int, row);
        Model model = base();
        extremes()[std::size_t(row)].change(model);
        const auto answer = solve(model);
        QVERIFY2(answer, answer ? "" : (answer.error().element + ": " + answer.error().message).c_str());
        const std::string fault = faultOf(model, *answer);
        QVERIFY2(fault.empty(), fault.c_str());
    }

    void aMillionStations() {
        constexpr std::size_t kStations = 1'000'000;
        const std::vector<StationSpec> specs(kStations, {1, 0.5});
        SolveOptions means;
        means.distributions = false;
        const auto answer = solve(chain(specs, 100), means);
        QVERIFY2(answer, answer ? "" : answer.error().message.c_str());
        const double each = 0.5 / 100 / 0.5, mean = answer->classes[0].latency->mean.count();
        QVERIFY2(std::abs(mean / (each * kStations) - 1) < 1e-9, qPrintable(QString::number(mean)));
    }
};

PLIMSOLL_TEST(TestBadInput);
#include "tst_bad_input.moc"
