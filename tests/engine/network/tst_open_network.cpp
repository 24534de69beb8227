// Open networks: traffic against elimination with 50 digits, cycles, burstiness in its limits; bounds and elasticities.
#include "engine/network/bounds.h"
#include "engine/network/closed_classes.h"
#include "engine/network/elasticities.h"
#include "engine/network/open_network.h"
#include "engine/queueing/erlang.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <boost/multiprecision/cpp_bin_float.hpp>

#include <cmath>
#include <random>

using namespace plimsoll;
using namespace plimsoll::network;

namespace {
using Wide = boost::multiprecision::cpp_bin_float_50;

bool close(double actual, double expected, double relative = 1e-10) {
    if (std::abs(actual - expected) <= relative * std::abs(expected)) return true;
    qWarning("%.15g, expected %.15g", actual, expected);
    return false;
}

/// lambda (I - P) = external by Gauss's algorithm with pivots.
std::vector<double> plainRates(std::span<const double> external, std::span<const Route> routes) {
    const std::size_t n = external.size();
    std::vector<std::vector<Wide>> m(n, std::vector<Wide>(n + 1, 0)); // transposed, right side last
    for (std::size_t i = 0; i < n; ++i) m[i][i] = 1, m[i][n] = external[i];
    for (const Route& r : routes) m[r.to][r.from] -= Wide(r.visits);
    for (std::size_t c = 0; c < n; ++c) {
        std::size_t pivot = c;
        for (std::size_t r = c; r < n; ++r)
            if (abs(m[r][c]) > abs(m[pivot][c])) pivot = r;
        std::swap(m[c], m[pivot]);
        for (std::size_t r = 0; r < n; ++r) {
            if (r == c) continue;
            const Wide factor = m[r][c] / m[c][c];
            for (std::size_t k = c; k <= n; ++k) m[r][k] -= factor * m[c][k];
        }
    }
    std::vector<double> rates;
    for (std::size_t i = 0; i < n; ++i) rates.push_back((m[i][n] / m[i][i]).convert_to<double>());
    return rates;
}
} // namespace

class TestOpenNetwork : public QObject {
    Q_OBJECT
private slots:
    void trafficAgainstPlain_data() {
        QTest::addColumn<int>("seed");
        for (int seed = 0; seed < 30; ++seed) QTest::addRow("seed %d", seed) << seed;
    }
    void trafficAgainstPlain() {
        QFETCH(int, seed);
        std::mt19937 random{unsigned(seed)};
        std::uniform_real_distribution<double> unit(0, 1);
        const std::size_t nodes = 1 + random() % 25;
        std::vector<double> external(nodes);
        for (double& rate : external) rate = unit(random) < 0.5 ? 0 : 100 * unit(random);
        std::vector<Route> routes;
        const bool full = seed % 5 == 0; // gain near 1
        for (std::uint32_t from = 0; from < nodes; ++from) {
            const auto count = random() % 4;
            for (unsigned i = 0; i < count; ++i)
                routes.push_back(
                    {from, std::uint32_t(random() % nodes), (full ? 1 - 1e-6 : unit(random)) / double(count)});
        }
        const auto rates = trafficRates(external, routes);
        QVERIFY(rates.has_value());
        const auto expected = plainRates(external, routes);
        for (std::size_t i = 0; i < nodes; ++i) QVERIFY(close((*rates)[i], expected[i], full ? 1e-8 : 1e-11));
    }

    void cyclesAreNamed() {
        const double external[] = {1, 0, 0, 0, 0};
        std::vector<Route> routes{{0, 1, 0.5}, {1, 2, 2}, {2, 3, 1}, {3, 1, 0.5}, {2, 4, 1}};
        const auto rates = trafficRates(external, routes);
        QVERIFY(!rates);
        QCOMPARE(rates.error().kind, TrafficError::GainTooLarge);
        auto cycle = rates.error().cycle;
        std::ranges::sort(cycle);
        QCOMPARE(cycle, (std::vector<std::uint32_t>{1, 2, 3}));
        routes[3].visits = 0.49;
        QVERIFY(close(trafficRates(external, routes)->at(1), 0.5 / (1 - 0.98)));
        const Route self[] = {{2, 2, 1.5}};
        QCOMPARE(trafficRates(external, self).error().cycle, std::vector<std::uint32_t>{2});
    }

    void aMillionStations() {
        // A chain, and a ring whose gain is 0.98.
        constexpr std::uint32_t kStations = 1'000'000;
        std::vector<double> external(kStations, 0.0);
        external[0] = 5;
        std::vector<Route> routes;
        for (std::uint32_t i = 0; i + 1 < kStations; ++i) routes.push_back({i, i + 1, 1});
        auto rates = trafficRates(external, routes);
        QVERIFY(rates.has_value());
        QCOMPARE(rates->back(), 5.0);
        constexpr std::uint32_t kRing = 20'000;
        routes.resize(kRing - 1);
        routes.push_back({kRing - 1, 0, 0.98});
        rates = trafficRates(external, routes);
        QVERIFY(rates.has_value());
        QVERIFY(close(rates->at(17), 250, 1e-9));
        routes.back().visits = 1;
        QCOMPARE(trafficRates(external, routes).error().cycle.size(), std::size_t(kRing));
    }

    void tooDenseIsSaid() {
        // Everybody calls everybody, in a part too large for elimination.
        std::vector<double> external(3000, 1.0);
        std::vector<Route> routes;
        std::mt19937 random(1);
        for (std::uint32_t i = 0; i < 3000; ++i)
            for (int k = 0; k < 30; ++k) routes.push_back({i, std::uint32_t(random() % 3000), 0.01});
        const auto rates = trafficRates(external, routes);
        QVERIFY(!rates);
        QCOMPARE(rates.error().kind, TrafficError::TooLarge);
    }

    void poissonStaysPoisson() {
        // Poisson arrivals and exponential service: QNA keeps scv 1 everywhere and finds Jackson's means.
        std::vector<OpenStation> stations(4);
        for (std::size_t i = 0; i < 4; ++i)
            stations[i] = {double(1 + i % 2), 0.01 * double(i + 1), 1, i == 0 ? 20.0 : 0.0, 1, false};
        const std::vector<Route> routes{{0, 1, 0.5}, {0, 2, 0.5}, {1, 3, 1}, {2, 0, 0.2}, {3, 3, 0.3}};
        const auto rates = trafficRates(std::vector<double>{20, 0, 0, 0}, routes);
        for (const MergedStation& one : arrivalVariability(stations, routes, *rates))
            QVERIFY(close(one.arrivalScv, 1, 1e-9));
        const auto exact = openNetwork(stations, routes, OpenMethod::ProductForm);
        const auto moments = openNetwork(stations, routes, OpenMethod::TwoMoments);
        QVERIFY(close(*moments->response_s, *exact->response_s, 1e-6));
        QVERIFY(close(*moments->saturationFactor, *exact->saturationFactor));
        // Burstier arrivals, longer waits.
        double before = *moments->response_s;
        for (const double scv : {2.0, 4.0, 9.0}) {
            stations[0].externalScv = scv;
            const double now = *openNetwork(stations, routes, OpenMethod::TwoMoments)->response_s;
            QVERIFY(now > before);
            before = now;
        }
    }

    void overloadIsAnAnswer() {
        const std::vector<OpenStation> stations{{2, 0.01, 1, 100, 1, false}, {1, 0.02, 1, 0, 1, false}};
        const std::vector<Route> routes{{0, 1, 1}};
        for (const OpenMethod method : {OpenMethod::ProductForm, OpenMethod::TwoMoments}) {
            const auto figures = openNetwork(stations, routes, method);
            QVERIFY(figures.has_value() && !figures->response_s);
            QVERIFY(figures->stations[0].wait_s && !figures->stations[1].wait_s);
            QVERIFY(close(figures->stations[1].utilisation, 2));
            QVERIFY(close(*figures->saturationFactor, 0.5));
        }
        const auto nothing = openNetwork({}, {}, OpenMethod::ProductForm);
        QVERIFY(nothing.has_value() && !nothing->response_s && !nothing->saturationFactor);
    }

    void extremes_data() {
        QTest::addColumn<double>("rate");
        QTest::addColumn<double>("service");
        for (const double rate : {0.0, 1e-30, 1.0, 1e30})
            for (const double service : {0.0, 1e-30, 1.0, 1e30})
                QTest::addRow("%g %g", rate, service) << rate << service;
    }
    void extremes() {
        QFETCH(double, rate);
        QFETCH(double, service);
        for (const double servers : {1.0, 64.0, 1e9, std::numeric_limits<double>::infinity()})
            for (const OpenMethod method : {OpenMethod::ProductForm, OpenMethod::TwoMoments}) {
                const std::vector<OpenStation> stations{{servers, service, 4, rate, 9, false}, {2, 0.5, 0, 0, 1, true}};
                const auto figures = openNetwork(stations, std::vector<Route>{{0, 1, 1}, {1, 1, 0.5}}, method);
                QVERIFY(figures.has_value());
                for (const OpenStationFigures& one : figures->stations) {
                    QVERIFY(one.utilisation >= 0 && !std::isnan(one.utilisation));
                    QVERIFY(!one.residence_s || (std::isfinite(*one.residence_s) && *one.residence_s >= 0));
                }
                QVERIFY(!figures->response_s || std::isfinite(*figures->response_s));
            }
    }

    void boundsHold() {
        std::mt19937 random(3);
        std::uniform_real_distribution<double> unit(0, 1);
        for (int i = 0; i < 200; ++i) {
            std::vector<double> demand(1 + random() % 5), servers(demand.size(), 1.0);
            for (double& one : demand) one = 0.001 + unit(random);
            if (i % 3 == 0)
                for (double& one : servers) one = double(1 + random() % 4);
            const double users = double(1 + random() % 60), think = i % 4 == 0 ? 0 : 5 * unit(random);
            const ClosedBounds bounds = closedBounds(demand, servers, think, users);
            ClosedFigures figures;
            ClosedScratch scratch;
            solveClosed({std::span(&users, 1), std::span(&think, 1), servers, demand, {}}, figures, scratch);
            const double x = figures.throughput_per_s[0], little = 1 + 1e-12;
            QVERIFY(bounds.asymptoticLower_per_s <= x * little && x <= bounds.asymptoticUpper_per_s * little);
            QVERIFY(bounds.balancedLower_per_s <= x * little && x <= bounds.balancedUpper_per_s * little);
            QVERIFY(bounds.asymptoticLower_per_s <= bounds.balancedLower_per_s * little);
        }
    }

    void elasticitiesAreDerivatives() {
        const std::vector<PathStation> stations{{4, 0.01}, {1, 0.002}, {64, 0.15}};
        const double rate = 350;
        const auto figures = pathElasticities(stations, rate);
        QVERIFY(figures.has_value());
        double sum = 0;
        for (const double one : figures->toService) sum += one;
        QVERIFY(close(sum, 1 + figures->toRate, 1e-12)); // time in another unit
        constexpr double kStep = 1e-5;
        const auto response = [&](double factor, std::size_t changed) {
            auto moved = stations;
            if (changed < moved.size()) moved[changed].serviceMean_s *= factor;
            return pathElasticities(moved, rate * (changed < moved.size() ? 1 : factor))->response_s;
        };
        for (std::size_t i = 0; i <= stations.size(); ++i) {
            const double slope = (response(1 + kStep, i) - response(1 - kStep, i)) / (2 * kStep) / figures->response_s;
            QVERIFY(close(i < stations.size() ? figures->toService[i] : figures->toRate, slope, 1e-7));
        }
        QVERIFY(!pathElasticities(stations, 400));
        QCOMPARE(erlangCDerivative(1, 0), 1.0);
        QVERIFY(close(erlangCDerivative(1, 0.3), 1));
    }
};

PLIMSOLL_TEST(TestOpenNetwork);
#include "tst_open_network.moc"
