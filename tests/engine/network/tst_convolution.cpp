// Closed networks of one class: against the plain convolution with 50 digits, in their limits, at both ends of doubles.
#include "engine/network/convolution.h"
#include "engine/queueing/erlang.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <boost/multiprecision/cpp_bin_float.hpp>

#include <cmath>
#include <random>

using namespace plimsoll::network;

namespace {
using Wide = boost::multiprecision::cpp_bin_float_50;

double rateAt(const ClosedStation& station, std::size_t n) {
    if (station.rates_per_s.empty()) return std::min(double(n), station.servers) / station.demand_s;
    return station.rates_per_s[std::min(n, station.rates_per_s.size()) - 1] / station.visits;
}

/// Unnormalised weights of n at a station.
std::vector<Wide> weights(const ClosedStation& station, std::size_t population) {
    std::vector<Wide> f(population + 1, Wide(1));
    for (std::size_t n = 1; n <= population; ++n) f[n] = f[n - 1] / Wide(rateAt(station, n));
    return f;
}
std::vector<Wide> convolved(const std::vector<Wide>& a, const std::vector<Wide>& b) {
    std::vector<Wide> c(a.size(), Wide(0));
    for (std::size_t n = 0; n < a.size(); ++n)
        for (std::size_t j = 0; j <= n; ++j) c[n] += a[j] * b[n - j];
    return c;
}
std::vector<Wide> delayWeights(double delay_s, std::size_t population) {
    std::vector<Wide> f(population + 1, Wide(1));
    for (std::size_t n = 1; n <= population; ++n) f[n] = f[n - 1] * Wide(delay_s) / n;
    return f;
}

/// Throughputs, then the numbers at every station, as the functions give them.
std::pair<std::vector<double>, std::vector<double>> plainConvolution(const ClosedNetwork& network,
                                                                     std::size_t population) {
    auto whole = delayWeights(network.delay_s, population);
    for (const auto& station : network.stations) whole = convolved(whole, weights(station, population));
    std::vector<double> throughput, numbers;
    for (std::size_t n = 1; n <= population; ++n) throughput.push_back((whole[n - 1] / whole[n]).convert_to<double>());
    for (const auto& station : network.stations) {
        auto rest = delayWeights(network.delay_s, population);
        for (const auto& other : network.stations)
            if (&other != &station) rest = convolved(rest, weights(other, population));
        const auto own = weights(station, population);
        for (std::size_t n = 1; n <= population; ++n) {
            Wide first = 0;
            for (std::size_t j = 1; j <= n; ++j) first += j * own[j] * rest[n - j];
            numbers.push_back((first / whole[n]).convert_to<double>());
        }
    }
    return {throughput, numbers};
}

double worstError(const std::vector<double>& actual, const std::vector<double>& expected) {
    double worst = 0;
    for (std::size_t i = 0; i < actual.size(); ++i) {
        if (!std::isfinite(actual[i])) return actual[i];
        worst = std::max(worst, std::abs(actual[i] - expected[i]) / std::max(std::abs(expected[i]), 1e-250));
    }
    return worst;
}

std::pair<std::vector<double>, std::vector<double>> solved(const ClosedNetwork& network, std::size_t population,
                                                           ConvolutionScratch& scratch) {
    std::vector<double> throughput(population), alone(population), numbers(population * network.stations.size());
    closedNumbers(network, throughput, numbers, scratch);
    closedThroughput(network, alone, scratch);
    if (!(worstError(throughput, alone) < 1e-10)) qFatal("two throughputs of one network");
    return {throughput, numbers};
}

/// Speed-up of the universal scalability law.
std::vector<double> contended(double rate, std::size_t most, double sigma, double kappa) {
    std::vector<double> rates;
    for (std::size_t n = 1; n <= most; ++n)
        rates.push_back(rate * double(n) / (1 + sigma * double(n - 1) + kappa * double(n) * double(n - 1)));
    return rates;
}
} // namespace

class TestConvolution : public QObject {
    Q_OBJECT
private slots:
    void againstPlainConvolution_data() {
        QTest::addColumn<int>("seed");
        for (int seed = 0; seed < 40; ++seed) QTest::addRow("seed %d", seed) << seed;
    }
    void againstPlainConvolution() {
        QFETCH(int, seed);
        std::mt19937 random{unsigned(seed)};
        std::uniform_real_distribution<double> unit(0, 1);
        const std::size_t population = 1 + random() % 60;
        std::vector<std::vector<double>> rates;
        std::vector<ClosedStation> stations(1 + random() % 5);
        rates.reserve(stations.size());
        for (auto& station : stations) {
            const double demand = std::pow(10, 4 * unit(random) - 2);
            if (unit(random) < 0.3) {
                const double sigma = 0.3 * unit(random), kappa = unit(random) < 0.5 ? 0 : 0.05 * unit(random);
                rates.push_back(contended(1 / demand, 1 + random() % (population + 5), sigma, kappa));
                station = {.rates_per_s = rates.back(), .visits = 0.5 + unit(random)};
            } else {
                station = {demand, unit(random) < 0.4 ? 1 : double(1 + random() % 20)};
            }
        }
        const ClosedNetwork network{stations, unit(random) < 0.5 ? 0 : std::pow(10, 4 * unit(random) - 2)};
        ConvolutionScratch scratch;
        const auto [throughput, numbers] = solved(network, population, scratch);
        const auto [expectedThroughput, expectedNumbers] = plainConvolution(network, population);
        QVERIFY2(worstError(throughput, expectedThroughput) < 1e-13,
                 QByteArray::number(worstError(throughput, expectedThroughput)));
        QVERIFY2(worstError(numbers, expectedNumbers) < 1e-12,
                 QByteArray::number(worstError(numbers, expectedNumbers)));
    }

    /// Each customer is somewhere; what slows down under load (bistable) included.
    void numbersSumToThePopulation() {
        const auto slow = contended(10, 400, 0, 0.01);
        const ClosedStation several[] = {{0.2, 3}, {0.5, 8}, {0.01, 1}, {.rates_per_s = slow}};
        for (const std::size_t kept : {1, 2, 3, 4}) {
            const ClosedNetwork network{std::span(several).first(kept), kept % 2 == 0 ? 2.0 : 0.0};
            ConvolutionScratch scratch;
            constexpr std::size_t kPopulation = 700;
            const auto [throughput, numbers] = solved(network, kPopulation, scratch);
            for (std::size_t n = 1; n <= kPopulation; ++n) {
                double total = throughput[n - 1] * network.delay_s;
                for (std::size_t i = 0; i < kept; ++i) total += numbers[i * kPopulation + n - 1];
                QVERIFY2(std::abs(total - double(n)) < 1e-10 * double(n), QByteArray::number(total - double(n)));
            }
        }
    }

    void balanced() {
        // Equal single servers: X = n / (D (n + M - 1)).
        const std::vector<ClosedStation> stations(7, ClosedStation{0.01, 1});
        std::vector<double> throughput(100'000);
        ConvolutionScratch scratch;
        closedThroughput({stations, 0}, throughput, scratch);
        for (const double n : {1.0, 2.0, 30.0, 5000.0, 100'000.0})
            QVERIFY(std::abs(throughput[std::size_t(n) - 1] * 0.01 * (n + 6) / n - 1) < 1e-11);
    }

    void manyCustomersAndServers() {
        // The tightest station sets the pace; a light network serves at once.
        const ClosedStation stations[] = {{2.5, 1000}, {0.2, 64}, {1, 400}};
        std::vector<double> throughput(100'000), numbers(3 * throughput.size());
        ConvolutionScratch scratch;
        closedNumbers({stations, 1}, throughput, numbers, scratch);
        QVERIFY(std::abs(throughput.back() - 320) < 1e-9);
        QVERIFY(std::abs(throughput[99] - 100 / 4.7) < 1e-10);
        const double total = numbers[99'999] + numbers[199'999] + numbers[299'999] + throughput.back();
        QVERIFY(std::abs(total - 100'000) < 1e-6);
    }

    void repeatable() {
        const ClosedStation stations[] = {{0.1, 2}, {0.4, 5}, {0.03, 1}};
        ConvolutionScratch fresh, used;
        std::vector<double> first(50), second(50), other(333);
        closedThroughput({stations, 0.7}, first, fresh);
        closedThroughput({std::span(stations).first(2), 0}, other, used);
        closedThroughput({stations, 0.7}, second, used);
        QCOMPARE(first, second);
    }

    void extremes_data() {
        QTest::addColumn<double>("demand");
        QTest::addColumn<double>("otherDemand");
        QTest::addColumn<double>("delay");
        QTest::addColumn<double>("servers");
        for (const double demand : {1e-30, 1e-3, 1e30})
            for (const double other : {0.0, 1e-30, 1.0, 1e30})
                for (const double delay : {0.0, 1e-30, 1.0, 1e30})
                    for (const double servers : {1.0, 2.0, 100.0, 1e9, 1e12})
                        QTest::addRow("%g %g %g %g", demand, other, delay, servers)
                            << demand << other << delay << servers;
    }
    void extremes() {
        QFETCH(double, demand);
        QFETCH(double, otherDemand);
        QFETCH(double, delay);
        QFETCH(double, servers);
        const auto falling = contended(1, 5, 0, 1);
        const ClosedStation stations[] = {
            {demand, servers}, {otherDemand, 3}, {otherDemand, 1}, {demand, 1}, {.rates_per_s = falling}};
        for (const std::size_t kept : {4, 5}) {
            constexpr std::size_t kPopulation = 300;
            std::vector<double> throughput(kPopulation), numbers(kept * kPopulation);
            ConvolutionScratch scratch;
            closedNumbers({std::span(stations).first(kept), delay}, throughput, numbers, scratch);
            for (std::size_t n = 1; n <= kPopulation; ++n) {
                const double x = throughput[n - 1];
                QVERIFY(std::isfinite(x) && x > 0);
                double total = x * delay;
                for (std::size_t i = 0; i < kept; ++i) {
                    QVERIFY(numbers[i * kPopulation + n - 1] >= 0);
                    total += numbers[i * kPopulation + n - 1];
                }
                QVERIFY2(std::abs(total - double(n)) < 1e-10 * double(n), QByteArray::number(total));
                QVERIFY(kept == 5 || n == 1 || x >= throughput[n - 2] * (1 - 1e-12));
            }
        }
    }
};

PLIMSOLL_TEST(TestConvolution);
#include "tst_convolution.moc"
