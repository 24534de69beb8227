// Chains of M/M/1 and M/M/c stations against references: closed forms where the sum has one, otherwise a Fourier
// inversion (Davies 1973) to 1e-13, which shares nothing with the solver's own way.
#include "engine/queueing/erlang.h"
#include "engine/solve/solve.h"
#include "tests/engine/solve/models.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <boost/math/special_functions/gamma.hpp>

#include <complex>
#include <functional>
#include <map>
#include <numbers>

using namespace plimsoll;
using namespace plimsoll::tests;

namespace {

/// Law of a station's response as the test states it: exponential service, and with chance `wait` an exponential wait.
struct Response {
    double service = 0, wait = 0, clearing = 0;
    std::complex<double> characteristic(double u) const {
        const std::complex<double> iu{0, u};
        return (1 - wait + wait * clearing / (clearing - iu)) / (1.0 - iu * service);
    }
    double mean() const { return service + wait / clearing; }
    double variance() const { return service * service + (2 - wait) * wait / (clearing * clearing); }
};

std::vector<Response> responses(const std::vector<StationSpec>& specs, double rate) {
    std::vector<Response> out;
    for (const StationSpec& spec : specs) {
        const double load = spec.utilisation * spec.servers, service = load / rate;
        out.push_back({service, queueing::erlangC(spec.servers, load), (spec.servers - load) / service});
    }
    return out;
}

/// P(sum > t) by the Fourier series on [0, length]: all of the law lies below, so the periodic law is the law.
class Reference {
public:
    explicit Reference(const std::vector<Response>& parts) {
        double mean = 0, variance = 0, slowest = 0;
        for (const Response& part : parts) {
            mean += part.mean();
            variance += part.variance();
            slowest = std::max({slowest, part.service, part.wait > 0 ? 1 / part.clearing : 0.0});
        }
        m_length = mean + 12 * std::sqrt(variance) + 45 * slowest; // the tail beyond is below 1e-13
        for (int k = 1; k < 400000; ++k) {
            std::complex<double> value = 1;
            for (const Response& part : parts) value *= part.characteristic(2 * std::numbers::pi * k / m_length);
            m_terms.push_back(value);
            if (std::abs(value) / k < 1e-13) break;
        }
        m_mean = mean;
    }
    double mean() const { return m_mean; }
    double survival(double t) const {
        // F(t) - F(0) of the period's Fourier series, integrated term by term.
        double below = t / m_length;
        for (std::size_t i = 0; i < m_terms.size(); ++i) {
            const double k = double(i + 1), u = 2 * std::numbers::pi * k / m_length;
            const std::complex<double> swing = 1.0 - std::exp(std::complex<double>{0, -u * t});
            below += (m_terms[i] * swing / std::complex<double>{0, std::numbers::pi * k}).real();
        }
        return 1 - below;
    }
    double quantile(double level) const {
        double low = 0, high = m_length;
        for (int i = 0; i < 60; ++i) {
            const double middle = (low + high) / 2;
            (survival(middle) > 1 - level ? low : high) = middle;
        }
        return high;
    }

private:
    double m_length = 0, m_mean = 0;
    std::vector<std::complex<double>> m_terms;
};

Latency solved(const Model& model) {
    const auto answer = solve(model);
    if (!answer) qFatal("%s: %s", answer.error().element.c_str(), answer.error().message.c_str());
    return *answer->classes.front().latency;
}

/// The worst relative errors met, by test and tolerance: printed at the end, and quoted in the README.
struct Worst {
    double mean = 0, quantile = 0;
};
std::map<std::pair<QString, double>, Worst> worstErrors;

void compare(const Latency& latency, double mean, const std::function<double(double)>& quantile, double tolerance) {
    Worst& worst = worstErrors[{QTest::currentTestFunction(), tolerance}];
    const auto close = [&](double actual, double expected, const char* what) {
        const double off = std::abs(actual / expected - 1);
        double& most = QLatin1String(what) == QLatin1String("mean") ? worst.mean : worst.quantile;
        most = std::max(most, off);
        QVERIFY2(off <= tolerance, qPrintable(QString("%1: %2, expected %3, off by %4")
                                                  .arg(what)
                                                  .arg(actual, 0, 'g', 12)
                                                  .arg(expected, 0, 'g', 12)
                                                  .arg(off)));
    };
    close(latency.mean.count(), mean, "mean");
    for (std::size_t i = 0; i < 5; ++i) // p50 to p99.9
        close(latency.quantile[i].count(), quantile(kLevels[i]), qPrintable(QString::number(kLevels[i])));
}

} // namespace

class TestChains : public QObject {
    Q_OBJECT
private slots:
    void cleanupTestCase() {
        for (const auto& [test, worst] : worstErrors)
            qInfo("%s, within %g: worst relative error of the mean %.1e, of p50 to p99.9 %.1e", qPrintable(test.first),
                  test.second, worst.mean, worst.quantile);
    }

    void oneStation_data() {
        QTest::addColumn<int>("servers");
        QTest::addColumn<double>("utilisation");
        for (int servers : {1, 2, 4, 16, 63, 64, 1000})
            for (double utilisation : {0.1, 0.5, 0.8, 0.99})
                QTest::addRow("M/M/%d at %g", servers, utilisation) << servers << utilisation;
    }
    void oneStation() {
        QFETCH(int, servers);
        QFETCH(double, utilisation);
        const std::vector<StationSpec> specs{{std::uint32_t(servers), utilisation}};
        const Response law = responses(specs, 100)[0];
        // P(T > t) of an exponential service and, with chance C, an exponential wait before it.
        const auto survival = [&](double t) {
            const double mu = 1 / law.service, v = law.clearing, both = std::exp(-mu * t);
            if (std::abs(v / mu - 1) < 1e-9) return both * (1 + law.wait * mu * t);
            return (1 - law.wait) * both + law.wait * (v * both - mu * std::exp(-v * t)) / (v - mu);
        };
        const auto quantile = [&](double level) {
            double low = 0, high = 1000 * law.mean();
            for (int i = 0; i < 200; ++i) (survival((low + high) / 2) > 1 - level ? low : high) = (low + high) / 2;
            return high;
        };
        compare(solved(chain(specs, 100)), law.mean(), quantile, 1e-6);
    }

    void equalMm1_data() {
        QTest::addColumn<int>("stations");
        QTest::addColumn<double>("tolerance");
        for (int n : {1, 2, 3, 5, 8, 10}) QTest::addRow("%d", n) << n << (n == 1 ? 1e-6 : 1e-4);
        for (int n : {12, 17, 30, 100, 1000}) QTest::addRow("%d", n) << n << 1e-3;
    }
    /// Equal M/M/1 stations: the sum is an Erlang law.
    void equalMm1() {
        QFETCH(int, stations);
        QFETCH(double, tolerance);
        const std::vector<StationSpec> specs(std::size_t(stations), {1, 0.7});
        const double each = 0.7 / 100 / (1 - 0.7);
        compare(
            solved(chain(specs, 100)), stations * each,
            [&](double level) { return each * boost::math::gamma_p_inv(double(stations), level); }, tolerance);
    }

    void differentMm1_data() {
        QTest::addColumn<int>("stations");
        for (int n : {2, 3, 5, 8}) QTest::addRow("%d", n) << n;
    }
    /// M/M/1 stations of different rates: hypoexponential, by partial fractions.
    void differentMm1() {
        QFETCH(int, stations);
        std::vector<StationSpec> specs;
        std::vector<double> rates;
        double mean = 0;
        for (int i = 0; i < stations; ++i) {
            const double utilisation = 0.2 + 0.7 * i / stations;
            specs.push_back({1, utilisation});
            rates.push_back(100 * (1 - utilisation) / utilisation);
            mean += 1 / rates.back();
        }
        const auto survival = [&](double t) {
            double sum = 0;
            for (std::size_t i = 0; i < rates.size(); ++i) {
                double factor = std::exp(-rates[i] * t);
                for (std::size_t j = 0; j < rates.size(); ++j)
                    if (j != i) factor *= rates[j] / (rates[j] - rates[i]);
                sum += factor;
            }
            return sum;
        };
        const auto quantile = [&](double level) {
            double low = 0, high = 100 * mean;
            for (int i = 0; i < 200; ++i) (survival((low + high) / 2) > 1 - level ? low : high) = (low + high) / 2;
            return high;
        };
        compare(solved(chain(specs, 100)), mean, quantile, 1e-4);
    }

    void mixedServers_data() {
        QTest::addColumn<int>("stations");
        QTest::addColumn<double>("highest");
        QTest::addColumn<double>("tolerance");
        for (int n : {2, 4, 7, 10}) QTest::addRow("%d stations", n) << n << 0.9 << 1e-4;
        QTest::addRow("ten, nearly full") << 10 << 0.98 << 1e-4;
        for (int n : {25, 100, 1000}) QTest::addRow("%d stations", n) << n << 0.9 << 1e-3;
    }
    /// M/M/c with 1 to 16 servers at utilisations from 0.3 up.
    void mixedServers() {
        QFETCH(int, stations);
        QFETCH(double, highest);
        QFETCH(double, tolerance);
        std::vector<StationSpec> specs;
        for (int i = 0; i < stations; ++i)
            specs.push_back({1U << (i % 5), 0.3 + (highest - 0.3) * ((i * 7) % stations) / std::max(1, stations - 1)});
        const Reference reference(responses(specs, 100));
        compare(
            solved(chain(specs, 100)), reference.mean(), [&](double level) { return reference.quantile(level); },
            tolerance);
    }
};

PLIMSOLL_TEST(TestChains);
#include "tst_chains.moc"
