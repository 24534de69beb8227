// The web shop simulated: beside the solver in a steady state, and overloaded.
#include "models/assess/simulation.h"
#include "models/exchange/templates.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>

using namespace plimsoll;

namespace {

struct Both {
    assess::Assessment solved, simulated;
};

Both webShop(double loadFactor, std::uint64_t requests) {
    const auto project = exchange::templateProject("web-shop").value();
    const document::Id scenario = project.scenarios.front()->id;
    assess::Options options;
    options.loadFactor = loadFactor;
    options.safeLoads = false;
    flow::SimulateOptions simulation;
    simulation.requests = requests;
    return {assess::assess(project, scenario, options), assess::simulate(project, scenario, options, simulation)};
}

bool isNear(double value, double expected, double relative) {
    if (std::abs(value - expected) <= relative * std::abs(expected)) return true;
    qWarning() << value << "is not" << expected;
    return false;
}

} // namespace

class TestSimulation : public QObject {
    Q_OBJECT
private slots:
    void overloadIsAnAnswer();
};

/// What the solver says of three times the load, the simulator says too: no error, the same regime, no latency, and
/// about the same rates carried. Only about: the solver lets an overloaded processor carry the same share of every
/// type's work (DESIGN.md 3.2), while shared ones carry short work first, so that browse gets a little more, checkout
/// less.
void TestSimulation::overloadIsAnAnswer() {
    const Both shop = webShop(3, 200'000);
    for (const auto& problem : shop.simulated.problems)
        QVERIFY2(problem.severity != assess::Severity::Error, problem.message.c_str());
    QVERIFY(shop.simulated.solved && shop.solved.solved);
    QCOMPARE(shop.solved.regime, flow::Regime::Overloaded);
    QCOMPARE(shop.simulated.regime, shop.solved.regime);
    QCOMPARE(shop.simulated.classes.size(), shop.solved.classes.size());
    for (std::size_t i = 0; i < shop.solved.classes.size(); ++i) {
        const assess::ClassFigures &simulated = shop.simulated.classes[i], &solved = shop.solved.classes[i];
        QVERIFY(!simulated.latency && !solved.latency);
        QVERIFY2(isNear(toPerSecond(simulated.succeeded), toPerSecond(solved.succeeded), 0.2), solved.name.c_str());
    }
    std::size_t growing = 0;
    for (const assess::ComponentFigures& solved : shop.solved.components)
        for (std::size_t i = 0; i < solved.resources.size(); ++i) {
            const double expected = toPerSecond(solved.resources[i].result.growth);
            const auto& result = shop.simulated.component(solved.id)->resources[i].result;
            if (expected > 0) ++growing;
            QVERIFY2(expected > 0 ? isNear(toPerSecond(result.growth), expected, 0.3) : toPerSecond(result.growth) == 0,
                     solved.name.c_str());
        }
    QVERIFY(growing > 0);
}

PLIMSOLL_TEST(TestSimulation);
#include "tst_simulation.moc"
