// What a solve has to get right beyond chains: branches, shares, failures, overload, absent instances, conservation.
#include "engine/queueing/ps.h"
#include "engine/solve/methods.h"
#include "engine/solve/solve.h"
#include "tests/bench/layered_model.h"
#include "tests/engine/solve/models.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <set>

using namespace plimsoll;
using namespace plimsoll::tests;

namespace {

Solution solved(const Model& model, const SolveOptions& options = {}) {
    auto answer = solve(model, options);
    if (!answer)
        qFatal("%s %s: %s", answer.error().element.c_str(), answer.error().field.c_str(),
               answer.error().message.c_str());
    return std::move(*answer);
}

bool close(double actual, double expected, double relative = 1e-9) {
    if (std::abs(actual - expected) <= relative * std::abs(expected) + 1e-300) return true;
    qWarning("%.15g, expected %.15g", actual, expected);
    return false;
}

/// Two fleets of one station each behind one random balancer; equal entries.
Model behindBalancer(std::vector<Member> members, double rate, double service) {
    Model model;
    model.fleets.push_back({{}, std::move(members), {}});
    Station station;
    station.fleet = FleetId{1};
    const StepId serve = addServe(model, station, exponential(service));
    model.balancers.push_back({.origin = {},
                               .fleet = {},
                               .policy = Policy::Random,
                               .backends = {{FleetId{1}, 1}},
                               .keySpace = {},
                               .health = {},
                               .signalAge = {},
                               .slowStart = {}});
    model.entries.push_back({{}, FleetId{1}, serve});
    const StepId call = addStep(model, Call{BalancerId{0}, {EntryId{0}}, 1, {}});
    addClass(model, "request", rate, call);
    return model;
}

} // namespace

class TestSolve : public QObject {
    Q_OBJECT
private slots:
    /// Hit and miss 1e4 apart: the quantiles lie where one branch or the other decides.
    void branchesFarApart() {
        Model model;
        const StepId hit = addStep(model, Delay{exponential(1e-4)});
        const StepId wait = addStep(model, Delay{distribution::constant(Seconds{1})});
        const StepId far = addStep(model, Delay{exponential(0.1)});
        const StepId miss = addStep(model, Sequence{{wait, far}});
        addClass(model, "read", 10, addStep(model, Choice{{{{0.97}, hit}, {{0.03}, miss}}}));
        const Latency latency = *solved(model).classes[0].latency;
        QVERIFY(close(latency.mean.count(), 0.97e-4 + 0.03 * 1.1));
        QVERIFY(close(latency.quantile[0].count(), -1e-4 * std::log(0.5 - 0.03) + 1e-4 * std::log(0.97), 1e-8));
        QVERIFY(close(latency.quantile[3].count(), 1 - 0.1 * std::log(0.01 / 0.03), 1e-8));
        QVERIFY(close(latency.quantile[4].count(), 1 - 0.1 * std::log(0.001 / 0.03), 1e-8));
        // The curve: rising, and flat between the branches.
        QCOMPARE(latency.cdf.size(), std::size_t(200));
        for (std::size_t i = 1; i < latency.cdf.size(); ++i) {
            QVERIFY(latency.cdf[i].first >= latency.cdf[i - 1].first);
            QVERIFY(latency.cdf[i].second.value >= latency.cdf[i - 1].second.value);
            if (latency.cdf[i].first.count() > 0.01 && latency.cdf[i].first.count() < 0.99)
                QVERIFY(close(latency.cdf[i].second.value, 0.97, 1e-6));
        }
    }

    void constantsOnly() {
        Model model;
        const StepId wait = addStep(model, Delay{distribution::constant(Seconds{0.25})});
        addClass(model, "ping", 10, addStep(model, Sequence{{wait, wait}}));
        const Latency latency = *solved(model).classes[0].latency;
        QCOMPARE(latency.scv, 0.0);
        for (Seconds quantile : latency.quantile) QVERIFY(close(quantile.count(), 0.5));
    }

    /// Random over unequal machines: each is an M/M/1 of its own, the request sees their mixture.
    void unequalSpeeds() {
        const Solution answer = solved(behindBalancer({{1, 2, 3}, {2, 1, 1}}, 50, 0.02));
        // Fast one: 3/5 of 50/s at 10 ms; slow ones 10/s each at 20 ms.
        const double fast = 0.01 / (1 - 0.3), slow = 0.02 / (1 - 0.2);
        QVERIFY(close(answer.classes[0].latency->mean.count(), 0.6 * fast + 0.4 * slow));
        QVERIFY(close(answer.stations[0].utilisation.value, 0.3));
        QVERIFY(close(answer.stations[0].offered.value, 30));
        QVERIFY(close(*answer.saturationFactor, 1 / 0.3));
        const double t = answer.classes[0].latency->quantile[3].count();
        QVERIFY(close(0.6 * std::exp(-t / fast) + 0.4 * std::exp(-t / slow), 0.01, 1e-6));
        QCOMPARE(answer.steps.size(), std::size_t(2));
        QVERIFY(close(answer.steps[0].entered.value, 50));
        QVERIFY(close(answer.steps[0].own.count(), 0.6 * fast + 0.4 * slow));
        const double second = 0.6 * 2 * fast * fast + 0.4 * 2 * slow * slow, mean = 0.6 * fast + 0.4 * slow;
        QVERIFY(close(answer.steps[0].ownVariance_s2, second - mean * mean));
    }

    void instancesDown() {
        const Model model = behindBalancer({{4, 1, 1}}, 120, 0.02);
        SolveOptions options;
        options.down = {{FleetId{1}, 1}};
        QVERIFY(close(solved(model, options).classes[0].latency->mean.count(), 0.02 / (1 - 0.8)));
        options.down = {{FleetId{1}, 4}};
        const Solution none = solved(model, options);
        QVERIFY(!none.classes[0].latency);
        QCOMPARE(none.classes[0].errors.size(), std::size_t(1));
        QCOMPARE(none.classes[0].errors[0].cause, Cause::InstanceDown);
        QVERIFY(close(none.classes[0].errors[0].share.value, 1));
        QCOMPARE(none.problems.front().code, std::string("no_success"));
        for (const auto& bad : {Down{FleetId{9}, 1}, Down{FleetId{0}, 1}}) {
            options.down = {bad};
            const auto refused = solve(model, options);
            QVERIFY(!refused);
            QCOMPARE(refused.error().kind, Error::Invalid);
            QCOMPARE(refused.error().element, std::string("down[0]"));
        }
    }

    /// A failure after work: the work loads the station, the latency of what succeeds does not change.
    void failures() {
        Model model;
        const StepId first = addServe(model, {}, exponential(0.01));
        const StepId fail = addStep(model, Fail{{0.25}, Cause::StateLost});
        const StepId second = addServe(model, {}, exponential(0.01));
        addClass(model, "request", 50, addStep(model, Sequence{{first, fail, second}}));
        const Solution answer = solved(model);
        const double a = 0.01 / 0.5, b = 0.01 / (1 - 0.375);
        QVERIFY(close(answer.classes[0].succeeded.value, 37.5));
        QVERIFY(close(answer.classes[0].errors.at(0).share.value, 0.25));
        QCOMPARE(answer.classes[0].errors[0].cause, Cause::StateLost);
        QVERIFY(close(answer.classes[0].latency->mean.count(), a + b));
        QVERIFY(close(answer.stations[1].offered.value, 37.5));
        QVERIFY(close(answer.steps.back().inclusive.count(), a + 0.75 * b)); // of all that enter
        QVERIFY(close(answer.steps.back().succeeded.value, 37.5));
    }

    /// Branches that fail more often weigh less among what succeeds.
    void failuresCondition() {
        Model model;
        const StepId quick = addStep(model, Delay{distribution::constant(Seconds{1})});
        const StepId slow = addStep(model, Delay{distribution::constant(Seconds{5})});
        const StepId fail = addStep(model, Fail{{0.5}, Cause::Application});
        const StepId risky = addStep(model, Sequence{{slow, fail}});
        addClass(model, "request", 1, addStep(model, Choice{{{{0.5}, quick}, {{0.5}, risky}}}));
        const Latency latency = *solved(model).classes[0].latency;
        QVERIFY(close(latency.mean.count(), (1 * 0.5 + 5 * 0.25) / 0.75));
        QVERIFY(close(latency.quantile[0].count(), 1));
        QVERIFY(close(latency.quantile[1].count(), 5));
    }

    void repeats_data() {
        QTest::addColumn<double>("count");
        for (double count : {0.0, 0.3, 1.0, 2.0, 2.5, 7.0, 40.0}) QTest::addRow("%g", count) << count;
    }
    void repeats() {
        QFETCH(double, count);
        Model model;
        const StepId serve = addServe(model, {}, exponential(0.001));
        addClass(model, "request", 10, addStep(model, Repeat{serve, count, true}));
        const Solution answer = solved(model);
        const double each = 0.001 / (1 - 0.01 * count);
        QVERIFY(close(answer.classes[0].latency->mean.count(), count * each));
        QVERIFY(close(answer.stations[0].offered.value, 10 * count));
        if (count == 0) return;
        // Delays do not depend on each other, visits to one queue do.
        Model apart;
        addClass(apart, "request", 10, addStep(apart, Repeat{addStep(apart, Delay{exponential(each)}), count, true}));
        const double fraction = count - std::floor(count);
        const double variance = count * each * each + fraction * (1 - fraction) * each * each;
        const double independent = variance / std::pow(count * each, 2);
        QVERIFY(close(solved(apart).classes[0].latency->scv, independent));
        if (count <= 1)
            QVERIFY(close(answer.classes[0].latency->scv, independent));
        else
            QVERIFY(answer.classes[0].latency->scv >= independent * (1 - 1e-9));
    }

    /// A station that shares does not see where one visit ends and the next begins.
    void sharedVisitsInARowAreOne() {
        Station station;
        station.discipline = Discipline::ProcessorSharing;
        Model twice, once;
        const StepId first = addServe(twice, station, exponential(0.01));
        const StepId second = addStep(twice, Serve{StationId{0}, exponential(0.01), 0});
        addClass(twice, "request", 30, addStep(twice, Sequence{{first, second}}));
        const StepId both = addServe(once, station, distribution::fromMeanScv(Seconds{0.02}, 0.5));
        addClass(once, "request", 30, both);
        const Latency a = *solved(twice).classes[0].latency, b = *solved(once).classes[0].latency;
        QVERIFY(close(a.mean.count(), b.mean.count()));
        for (std::size_t i = 0; i < kLevels.size(); ++i)
            QVERIFY2(std::abs(a.quantile[i] / b.quantile[i] - 1) < 1e-3, qPrintable(QString::number(i)));
        QVERIFY(std::abs(a.scv / b.scv - 1) < 1e-3);
    }

    /// An entry that is called twice at each of 40 levels: 2^40 visits, 40 nodes.
    void sharedEntries() {
        Model model;
        const StepId serve = addServe(model, {}, exponential(1e-15));
        model.balancers.push_back({.origin = {},
                                   .fleet = {},
                                   .policy = Policy::Random,
                                   .backends = {{FleetId{0}, 1}},
                                   .keySpace = {},
                                   .health = {},
                                   .signalAge = {},
                                   .slowStart = {}});
        StepId below = serve;
        for (int level = 0; level < 40; ++level) {
            model.entries.push_back({{}, FleetId{0}, below});
            const StepId call = addStep(model, Call{BalancerId{0}, {EntryId(level)}, 1, {}});
            const StepId both = addStep(model, Sequence{{call, call}});
            const StepId none = addStep(model, Sequence{});
            below = addStep(model, Choice{{{{0.999}, both}, {{0.001}, none}}});
        }
        addClass(model, "request", 1, below);
        const Solution answer = solved(model);
        QVERIFY(close(answer.stations[0].offered.value, std::pow(2 * 0.999, 40), 1e-6));
        QVERIFY(answer.classes[0].latency->quantile[3] >= answer.classes[0].latency->quantile[0]);
    }

    void overloadFixedPoint() {
        // One station visited twice: what the first visit does not carry never comes back.
        Model model;
        const StepId serve = addServe(model, {}, exponential(0.01));
        addClass(model, "request", 150, addStep(model, Sequence{{serve, serve}}));
        const Solution answer = solved(model);
        const double share = (std::sqrt(1 + 4 / 1.5) - 1) / 2; // f (1 + f) = 1 / 1.5
        QCOMPARE(answer.regime, Regime::Overloaded);
        QVERIFY(close(answer.classes[0].succeeded.value, 150 * share * share, 1e-7));
        QVERIFY(close(answer.stations[0].carried.value, 100, 1e-7));
        QVERIFY(!answer.classes[0].latency);
        QVERIFY(!answer.stations[0].wait);
        QVERIFY(!answer.steps[0].steady);
        QCOMPARE(answer.problems.size(), std::size_t(2));
    }

    void idleClass() {
        Model model;
        const StepId serve = addServe(model, {}, exponential(0.01));
        addClass(model, "none", 0, serve);
        addClass(model, "some", 50, serve);
        const Solution answer = solved(model);
        for (const ClassResult& cls : answer.classes) QVERIFY(close(cls.latency->mean.count(), 0.02));
        QCOMPARE(answer.classes[0].succeeded.value, 0.0);
        QVERIFY(answer.classes[0].errors.empty());
    }

    void strengthNamesTheBottleneck() {
        Model model;
        const StepId a = addServe(model, {}, exponential(0.008)), b = addServe(model, {}, exponential(0.00796));
        addClass(model, "request", 100, addStep(model, Sequence{{a, b}}));
        const Solution answer = solved(model);
        // One more per cent lifts the saturation by half a per cent only: then the other one is as tight.
        QVERIFY(close(answer.stations[0].strength, std::log(0.008 / 0.00796) / std::log(1.01)));
        QCOMPARE(answer.stations[1].strength, 0.0);
        QVERIFY(close(*answer.stations[1].saturationFactor, 1 / 0.796));
    }

    void conservation_data() {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 12; ++seed) QTest::addRow("seed %d", seed) << seed;
    }
    /// Flow, Little's law and the utilisation law on random models.
    void conservation() {
        QFETCH(int, seed);
        bench::LayeredShape shape{40, 3, seed % 3 == 0, 0.75, std::uint64_t(seed)};
        const Model model = bench::layeredModel(shape);
        const Solution answer = solved(model);
        QVERIFY(close(*answer.saturationFactor, 1 / 0.75, 1e-6));
        std::vector<double> offered(model.stations.size(), 0), work = offered, present = offered;
        for (const StepResult& step : answer.steps) {
            QVERIFY(step.succeeded == step.entered);
            const auto* serve = std::get_if<Serve>(&model.steps[std::size_t(step.step)].body);
            if (!serve) continue;
            const auto station = std::size_t(serve->station);
            offered[station] += step.entered.value;
            work[station] += step.entered.value * distribution::mean(serve->demand).count();
            present[station] += step.entered.value * step.inclusive.count();
        }
        for (std::size_t s = 0; s < offered.size(); ++s) {
            const ResourceResult& station = answer.stations[s];
            const double instances = model.fleets[std::size_t(model.stations[s].fleet)].members[0].count;
            QVERIFY(close(station.offered.value, offered[s] / instances, 1e-9));
            QVERIFY(close(station.utilisation.value, work[s] / instances / *model.stations[s].servers, 1e-9));
            if (offered[s] > 0)
                QVERIFY(close(present[s], work[s] + instances * station.meanWaiting, 1e-9)); // in service and waiting
        }
        for (const ClassResult& cls : answer.classes) {
            QVERIFY(cls.succeeded == cls.offered);
            for (std::size_t i = 1; i < kLevels.size(); ++i)
                QVERIFY(cls.latency->quantile[i] >= cls.latency->quantile[i - 1]);
        }
        for (const ClassResult& cls : answer.classes) QVERIFY(findMethod(cls.latency->method.id));
        for (const ResourceResult& station : answer.stations) {
            QVERIFY(findMethod(station.method.id));
            QVERIFY(station.wait && findMethod(station.wait->method.id));
        }
    }

    /// The law's mean is the mean: the curve integrates to it.
    void curveIntegratesToMean() {
        const Model model = bench::layeredModel({60, 4, false, 0.8, 7});
        for (const ClassResult& cls : solved(model).classes) {
            double mean = cls.latency->cdf.front().first.count();
            for (std::size_t i = 1; i < cls.latency->cdf.size(); ++i) {
                const auto& [t0, p0] = cls.latency->cdf[i - 1];
                const auto& [t1, p1] = cls.latency->cdf[i];
                mean += (t1 - t0).count() * (1 - (p0.value + p1.value) / 2);
            }
            QVERIFY2(std::abs(mean / cls.latency->mean.count() - 1) < 5e-3,
                     qPrintable(QString("%1 against %2").arg(mean).arg(cls.latency->mean.count())));
        }
    }

    void meansAgreeWithDistributions() {
        const Model model = bench::layeredModel({40, 3, false, 0.8, 3});
        SolveOptions means;
        means.distributions = false;
        const Solution a = solved(model), b = solved(model, means);
        for (std::size_t c = 0; c < a.classes.size(); ++c)
            QVERIFY(close(a.classes[c].latency->mean.count(), b.classes[c].latency->mean.count(), 1e-14));
    }

    void preparedAgain() {
        auto prepared = PreparedModel::prepare(bench::layeredModel({30, 2, false, 0.6, 5}));
        QVERIFY(prepared.has_value());
        Solution first, second;
        SolveOptions half, over;
        half.loadFactor = 0.5;
        over.loadFactor = 3;
        QVERIFY(prepared->solveInto(first, half));
        QVERIFY(prepared->solveInto(second, over));
        QCOMPARE(second.regime, Regime::Overloaded);
        QVERIFY(prepared->solveInto(second, half));
        QCOMPARE(second.regime, Regime::Steady);
        QVERIFY(second.problems.empty());
        for (std::size_t c = 0; c < first.classes.size(); ++c)
            QVERIFY(first.classes[c].latency->quantile == second.classes[c].latency->quantile);
    }

    void badOptions_data() {
        QTest::addColumn<double>("factor");
        for (double factor : {-1.0, std::nan(""), std::numeric_limits<double>::infinity(), 1e300})
            QTest::addRow("%g", factor) << factor;
    }
    void badOptions() {
        QFETCH(double, factor);
        Model model;
        addClass(model, "request", 1, addStep(model, Sequence{}));
        SolveOptions options;
        options.loadFactor = factor;
        const auto answer = solve(model, options);
        QVERIFY(!answer);
        QCOMPARE(answer.error().field, std::string("load_factor"));
    }

    void stops() {
        std::stop_source source;
        source.request_stop();
        Model model;
        addClass(model, "request", 1, addStep(model, Sequence{}));
        const auto answer = solve(model, {}, source.get_token());
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Error::Stopped);
    }

    void methodsAreComplete() {
        std::set<std::string_view> ids;
        for (const MethodText& method : methods()) {
            QVERIFY(ids.insert(method.id).second);
            QVERIFY(!method.name.empty() && !method.text.empty() && !method.assumptions.empty());
            QVERIFY(!method.validity.empty() && !method.source.empty());
        }
        QVERIFY(!findMethod("no such method"));
    }
};

PLIMSOLL_TEST(TestSolve);
#include "tst_solve.moc"
