// Closed classes: exact against plain sums with 50 digits, approximate against exact, limits, both ends of doubles.
#include "engine/network/closed_classes.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <boost/multiprecision/cpp_bin_float.hpp>

#include <cmath>
#include <map>
#include <random>

using namespace plimsoll::network;

namespace {
using Wide = boost::multiprecision::cpp_bin_float_50;
using Populations = std::vector<int>;
using Constants = std::map<Populations, Wide>;

bool close(double actual, double expected, double relative = 1e-10) {
    if (std::abs(actual - expected) <= relative * std::abs(expected)) return true;
    qWarning("%.15g, expected %.15g", actual, expected);
    return false;
}

/// A network with room for its arrays.
struct Network {
    std::vector<double> users, think, servers, demand, open;
    ClosedClasses view() const { return {users, think, servers, demand, open}; }
    double demandOf(std::size_t station, std::size_t cls) const { return demand[station * users.size() + cls]; }
};

std::vector<Populations> box(const Populations& users) {
    std::vector<Populations> all{Populations(users.size(), 0)};
    for (std::size_t k = 0; k < users.size(); ++k) {
        std::vector<Populations> next;
        for (const auto& n : all)
            for (int j = 0; j <= users[k]; ++j) {
                next.push_back(n);
                next.back()[k] = j;
            }
        all = next;
    }
    return all;
}
Wide factorial(int n) {
    Wide product = 1;
    for (int i = 2; i <= n; ++i) product *= i;
    return product;
}

/// prod 1 / speed(j) for n closed customers, the open ones summed out one by one.
Wide closedWeight(const Network& network, std::size_t station, int closed) {
    const double open = network.open.empty() ? 0 : network.open[station], servers = network.servers[station];
    const Wide load = Wide(open) * servers;
    Wide sum = 0, term = 1;
    for (int i = 1; i <= closed; ++i) term /= std::min(double(i), servers);
    for (int j = 0; j < 4000; ++j) {
        sum += term;
        if (open == 0 || term < sum * 1e-40) break;
        // C(n + j, j) a^j over one more speed
        term *= load * (closed + j + 1) / (j + 1) / std::min(double(closed + j + 1), servers);
    }
    return sum;
}
Constants withStation(const Network& network, std::size_t station, const Constants& before, const Populations& users) {
    const auto states = box(users);
    Constants weights, after;
    for (const auto& m : states) {
        int total = 0;
        Wide weight = 1;
        for (std::size_t k = 0; k < m.size(); ++k) {
            total += m[k];
            weight *= pow(Wide(network.demandOf(station, k)), m[k]) / factorial(m[k]);
        }
        weights[m] = weight * factorial(total) * closedWeight(network, station, total);
    }
    for (const auto& n : states)
        for (const auto& m : states) {
            Populations rest = n;
            bool inside = true;
            for (std::size_t k = 0; k < n.size(); ++k) inside = (rest[k] -= m[k]) >= 0 && inside;
            if (inside) after[n] += weights[m] * before.at(rest);
        }
    return after;
}
Constants constants(const Network& network, const Populations& users, std::size_t without = ~std::size_t{0}) {
    Constants all;
    for (const auto& n : box(users)) {
        Wide weight = 1;
        for (std::size_t k = 0; k < n.size(); ++k) weight *= pow(Wide(network.think[k]), n[k]) / factorial(n[k]);
        all[n] = weight;
    }
    for (std::size_t i = 0; i < network.servers.size(); ++i)
        if (i != without) all = withStation(network, i, all, users);
    return all;
}

Network randomNetwork(std::mt19937& random, int most) {
    std::uniform_real_distribution<double> unit(0, 1);
    Network network;
    const std::size_t classes = 1 + random() % 3, stations = 1 + random() % 6;
    for (std::size_t k = 0; k < classes; ++k) {
        network.users.push_back(double(random() % unsigned(most + 1)));
        network.think.push_back(unit(random) < 0.3 ? 0 : std::pow(10, 2 * unit(random) - 1));
    }
    const bool open = unit(random) < 0.4;
    for (std::size_t i = 0; i < stations; ++i) {
        network.servers.push_back(unit(random) < 0.5 ? 1 : double(1 + random() % 5));
        if (open) network.open.push_back(unit(random) < 0.3 ? 0 : 0.9 * unit(random));
        for (std::size_t k = 0; k < classes; ++k)
            network.demand.push_back(unit(random) < 0.15 ? 0 : std::pow(10, 2 * unit(random) - 1));
    }
    for (std::size_t k = 0; k < classes; ++k) network.demand[k] += 0.01; // something takes time
    return network;
}

/// Two classes in a network as those that theory/networks.md measures.
Network measuredNetwork(std::mt19937& random) {
    std::uniform_real_distribution<double> unit(0, 1);
    Network network;
    const std::size_t stations = 2 + random() % 3;
    for (int k = 0; k < 2; ++k) {
        network.users.push_back(double(1 + random() % 60));
        network.think.push_back(unit(random));
    }
    for (std::size_t i = 0; i < stations; ++i) {
        network.servers.push_back(double(std::size_t{1} << random() % 5));
        for (int k = 0; k < 2; ++k)
            network.demand.push_back(network.servers.back() * std::pow(10, 1.2 * unit(random) - 2));
    }
    return network;
}
} // namespace

class TestClosedClasses : public QObject {
    Q_OBJECT
private slots:
    void exactAgainstPlainSums_data() {
        QTest::addColumn<int>("seed");
        for (int seed = 0; seed < 40; ++seed) QTest::addRow("seed %d", seed) << seed;
    }
    void exactAgainstPlainSums() {
        QFETCH(int, seed);
        std::mt19937 random{unsigned(seed)};
        const Network network = randomNetwork(random, 3);
        ClosedFigures figures;
        ClosedScratch scratch;
        solveClosed(network.view(), figures, scratch);
        QVERIFY(figures.method == ClosedMethod::Exact);
        Populations users, more; // one more of each, which shows what an arrival meets
        for (const double n : network.users) users.push_back(int(n)), more.push_back(int(n) + 1);
        const Constants whole = constants(network, more);
        for (std::size_t k = 0; k < users.size(); ++k) {
            Populations less = users, next = users;
            --less[k], ++next[k];
            const double x = users[k] > 0 ? (whole.at(less) / whole.at(users)).convert_to<double>() : 0;
            QVERIFY(close(figures.throughput_per_s[k], x));
        }
        for (std::size_t i = 0; i < network.servers.size(); ++i) {
            const Constants rest = constants(network, more, i);
            // Mean of (j + 1) / speed(j + 1) over what stands at the station.
            const auto slowed = [&](const Populations& n) {
                Wide sum = 0, norm = 0;
                for (const auto& m : box(n)) {
                    Populations left = n;
                    int total = 0;
                    Wide weight = 1;
                    for (std::size_t k = 0; k < n.size(); ++k) {
                        left[k] -= m[k];
                        total += m[k];
                        weight *= pow(Wide(network.demandOf(i, k)), m[k]) / factorial(m[k]);
                    }
                    weight *= factorial(total) * rest.at(left);
                    norm += weight * closedWeight(network, i, total);
                    sum += weight * (total + 1) * closedWeight(network, i, total + 1);
                }
                return (sum / norm).convert_to<double>();
            };
            const double outside = slowed(users);
            QVERIFY(close(figures.outsideStretch[i], outside));
            double utilisation = network.open.empty() ? 0 : network.open[i];
            for (std::size_t k = 0; k < users.size(); ++k) {
                Populations met = users;
                if (met[k] > 0) --met[k];
                QVERIFY(close(figures.residence_s[i * users.size() + k], network.demandOf(i, k) * slowed(met)));
                utilisation += figures.throughput_per_s[k] * network.demandOf(i, k) / network.servers[i];
            }
            QVERIFY(close(figures.utilisation[i], utilisation));
            QVERIFY(utilisation < 1 + 1e-12);
        }
    }

    /// Little's law for every class holds in both methods; the order of classes does not matter.
    void littleAndOrder_data() { exactAgainstPlainSums_data(); }
    void littleAndOrder() {
        QFETCH(int, seed);
        std::mt19937 random{unsigned(seed)};
        const Network network = randomNetwork(random, 30);
        Network turned = network;
        std::ranges::reverse(turned.users);
        std::ranges::reverse(turned.think);
        std::ranges::reverse(turned.demand);
        std::ranges::reverse(turned.servers);
        std::ranges::reverse(turned.open);
        for (const double budget : {0.0, 1e9}) {
            ClosedFigures figures, others;
            ClosedScratch scratch;
            solveClosed(network.view(), figures, scratch, budget);
            solveClosed(turned.view(), others, scratch, budget);
            const std::size_t classes = network.users.size();
            for (std::size_t k = 0; k < classes; ++k) {
                QVERIFY(close(figures.throughput_per_s[k] * (network.think[k] + figures.response_s[k]),
                              network.users[k], 1e-6));
                QVERIFY(close(figures.response_s[k], others.response_s[classes - 1 - k], budget == 0 ? 1e-5 : 1e-9));
            }
        }
    }

    void approximateAgainstExact() {
        // 150 networks: X off by 0.5 % on average, R by 0.8 % (theory/networks.md 4).
        std::mt19937 random(1);
        double sum = 0, worst = 0, sumResponse = 0, worstResponse = 0;
        constexpr int kNetworks = 150;
        for (int i = 0; i < kNetworks; ++i) {
            const Network network = measuredNetwork(random);
            ClosedFigures exact, near;
            ClosedScratch scratch;
            solveClosed(network.view(), exact, scratch, 1e10);
            solveClosedApproximately(network.view(), near, scratch);
            QVERIFY(exact.method == ClosedMethod::Exact && near.method == ClosedMethod::Corrected && near.converged);
            for (std::size_t k = 0; k < 2; ++k) {
                const double off = std::abs(near.throughput_per_s[k] / exact.throughput_per_s[k] - 1);
                const double offResponse = std::abs(near.response_s[k] / exact.response_s[k] - 1);
                sum += off / (2 * kNetworks), worst = std::max(worst, off);
                sumResponse += offResponse / (2 * kNetworks), worstResponse = std::max(worstResponse, offResponse);
            }
        }
        qInfo("throughput off by %.2f %% on average, %.2f %% at most; response %.2f %%, %.2f %%", 100 * sum,
              100 * worst, 100 * sumResponse, 100 * worstResponse);
        QVERIFY(sum < 0.008 && worst < 0.08 && sumResponse < 0.012 && worstResponse < 0.1);
    }

    void largeLattice() {
        // Beside the oracles: symmetric classes are one class.
        const Network two{{120, 120}, {1, 1}, {1, 4, 1}, {0.01, 0.01, 0.05, 0.05, 0.002, 0.002}, {}};
        const Network one{{240}, {1}, {1, 4, 1}, {0.01, 0.05, 0.002}, {}};
        ClosedFigures apart, together;
        ClosedScratch scratch;
        solveClosed(two.view(), apart, scratch, 1e9);
        solveClosed(one.view(), together, scratch, 1e9);
        QVERIFY(apart.method == ClosedMethod::Exact);
        QVERIFY(close(apart.throughput_per_s[0], together.throughput_per_s[0] / 2));
        QVERIFY(close(apart.response_s[1], together.response_s[0]));
        for (std::size_t i = 0; i < 3; ++i) QVERIFY(close(apart.outsideStretch[i], together.outsideStretch[i]));
    }

    /// Users without number: an answer at once, whichever way.
    void manyUsers_data() {
        QTest::addColumn<double>("users");
        for (const double users : {0.0, 1.0, 1e3, 1e5, 4e9}) QTest::addRow("%g", users) << users;
    }
    void manyUsers() {
        QFETCH(double, users);
        for (const Network& network :
             {Network{{users, 3}, {1, 2}, {1, 2}, {0.01, 0.02, 0.03, 0.01}, {}},
              Network{{users}, {1}, {1, 2}, {0.01, 0.03}, {}},
              Network{{users, users, users}, {1, 0, 2}, {1, 1e9}, {0.01, 0.01, 0.01, 1, 1, 1}, {0.5, 0.2}}}) {
            ClosedFigures figures;
            ClosedScratch scratch;
            solveClosed(network.view(), figures, scratch);
            for (std::size_t k = 0; k < network.users.size(); ++k) {
                QVERIFY(std::isfinite(figures.throughput_per_s[k]) && figures.throughput_per_s[k] >= 0);
                QVERIFY(std::isfinite(figures.response_s[k]) && figures.response_s[k] > 0);
            }
            for (const double utilisation : figures.utilisation) QVERIFY(utilisation <= 1.02);
        }
    }

    void extremes_data() {
        QTest::addColumn<double>("demand");
        QTest::addColumn<double>("think");
        for (const double demand : {0.0, 1e-30, 1.0, 1e30})
            for (const double think : {0.0, 1e-30, 1.0, 1e30}) QTest::addRow("%g %g", demand, think) << demand << think;
    }
    void extremes() {
        QFETCH(double, demand);
        QFETCH(double, think);
        for (const double budget : {0.0, 1e8})
            for (const double open : {0.0, 0.999999})
                for (const double servers : {1.0, 7.0, 1e9}) {
                    const Network network{
                        {40, 20}, {think, think}, {1, servers, 2}, {1e-3, 1, demand, 0, 0, demand}, {open, open, open}};
                    ClosedFigures figures;
                    ClosedScratch scratch;
                    solveClosed(network.view(), figures, scratch, budget);
                    for (const auto* values : {&figures.throughput_per_s, &figures.response_s, &figures.residence_s,
                                               &figures.outsideStretch, &figures.utilisation})
                        for (const double value : *values)
                            QVERIFY2(std::isfinite(value) && value >= 0, QByteArray::number(value));
                    for (const double utilisation : figures.utilisation) QVERIFY(utilisation <= 1.2);
                }
    }
};

PLIMSOLL_TEST(TestClosedClasses);
#include "tst_closed_classes.moc"
