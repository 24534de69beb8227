// g(n) is the normalising constant with n = (n_1, n_2 ...) customers, divided by the product of guess_k^n_k, so that it
// neither grows nor falls much where it counts. One more station makes h(n) = sum_m f_m g(n - m), with f_m = |m|! /
// prod m_k! prod d_k^m_k / prod_{j <= |m|} speed(j), d the demand times the guess. From |m| = c on, where the speed
// stays, T(n) = sum_{|m| >= c} f_m g(n - m) = sum_{|m| = c} f_m g(n - m) + sum_k d_k / speed(c) T(n - 1_k). Every term
// is positive. Throughput of class k: guess_k h(N - 1_k) / h(N). An arrival that meets n customers is slowed by the
// mean of w_j = (j + 1) / speed(j + 1) over the states j of the station: for a single server what one more copy of it
// makes of h.
#include "engine/network/lattice.h"

#include "engine/network/loaded_station.h"
#include "engine/network/single_servers.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>

namespace plimsoll::network {
namespace {

class Lattice {
public:
    Lattice(const ClosedClasses& network, std::span<const double> guess, std::vector<std::size_t> active,
            PopulationBox box, LatticeScratch& scratch)
        : m_network(network), m_guess(guess), m_scratch(scratch), m_active(std::move(active)), m_box(std::move(box)),
          m_stretch(network.servers.size() * (m_active.size() + 1), 1.0) {
        double population = 0;
        for (const std::size_t users : m_box.users) population += double(users);
        for (std::size_t i = 0; i < network.servers.size(); ++i) {
            const bool open = network.openAt(i) > 0;
            if (!(largestDemand(i) > 0))
                m_unused.push_back(i);
            else if (network.servers[i] == 1)
                m_single.push_back(i);
            else if (open || network.servers[i] <= population) // an arrival from outside finds them all there
                m_several.push_back(i);
            else
                m_delays.push_back(i);
        }
        m_present = std::size_t(population) + 1;
    }

    bool solve(ClosedFigures& figures) {
        fillThinkTime();
        SingleServers singles(m_box, singleDemands(), m_single.size(), m_scratch.chain, m_scratch.copies);
        if (m_several.empty()) {
            singles.addAndCopy(m_scratch.whole);
        } else {
            singles.add(m_scratch.whole);
            leaveOneOut(0, 0, m_several.size(), m_scratch.whole);
            std::swap(m_scratch.whole, m_scratch.after);
            singles.copy(m_scratch.whole);
        }
        for (std::size_t s = 0; s < m_single.size(); ++s)
            for (std::size_t k = 0; k <= classes(); ++k) stretch(m_single[s], k) = singles.copy(k, s);
        for (const std::size_t i : m_unused) {
            loadedSpeeds(m_network.servers[i], m_network.openAt(i), 1, m_scratch.speeds);
            for (std::size_t p = 0; p <= classes(); ++p) stretch(i, p) = 1 / m_scratch.speeds.front();
        }
        return write(figures);
    }

private:
    std::size_t classes() const { return m_active.size(); }
    double demand(std::size_t station, std::size_t k) const {
        return m_network.demand_s[station * m_network.users.size() + m_active[k]] * m_guess[m_active[k]];
    }
    double largestDemand(std::size_t station) const {
        double largest = 0;
        for (std::size_t k = 0; k < classes(); ++k) largest = std::max(largest, demand(station, k));
        return largest;
    }
    /// The point N - 1_k; N itself for k = classes().
    std::size_t point(std::size_t k) const { return m_box.size - 1 - (k < classes() ? m_box.stride[k] : 0); }
    /// What an arrival that meets point(k) is slowed by at a station.
    double& stretch(std::size_t station, std::size_t k) { return m_stretch[station * (classes() + 1) + k]; }

    void fillThinkTime() {
        m_scratch.whole.assign(m_box.size, 0);
        std::vector<std::vector<double>> factor(classes());
        for (std::size_t k = 0; k < classes(); ++k) {
            double delay = m_network.think_s[m_active[k]] * m_guess[m_active[k]];
            for (const std::size_t i : m_delays) delay += demand(i, k);
            factor[k].assign(m_box.users[k] + 1, 0);
            // Poisson weights over the largest of them.
            const double most = std::min(std::floor(delay), double(m_box.users[k]));
            const double highest = delay > 0 ? most * std::log(delay) - std::lgamma(most + 1) : 0;
            for (std::size_t n = 0; n < factor[k].size(); ++n)
                factor[k][n] = n == 0 ? std::exp(-highest)
                               : delay > 0
                                   ? std::exp(double(n) * std::log(delay) - std::lgamma(double(n) + 1) - highest)
                                   : 0;
        }
        m_box.forRows([&](std::size_t index, std::span<const std::size_t> n) {
            double product = 1;
            for (std::size_t k = 0; k + 1 < classes(); ++k) product *= factor[k][n[k]];
            for (std::size_t j = 0; j <= m_box.users.back(); ++j)
                m_scratch.whole[index + j] = product * factor.back()[j];
        });
    }

    /// Demands of the single servers by class, for SingleServers.
    std::span<const double> singleDemands() {
        std::vector<double>& demands = m_scratch.demand;
        demands.resize(classes() * m_single.size());
        for (std::size_t s = 0; s < m_single.size(); ++s)
            for (std::size_t k = 0; k < classes(); ++k)
                demands[k * m_single.size() + s] = demand(m_single[s], k) / (1 - m_network.openAt(m_single[s]));
        return demands;
    }

    /// `base` has every station but several[first .. last); each of them comes last once. The whole network is left in
    /// scratch.after.
    void leaveOneOut(std::size_t depth, std::size_t first, std::size_t last, const std::vector<double>& base) {
        if (last - first == 1) return addStation(m_several[first], base, m_scratch.after, true);
        if (m_scratch.without.size() <= depth) m_scratch.without.resize(depth + 1);
        const std::size_t middle = (first + last) / 2;
        addHalf(depth, middle, last, base);
        std::vector<double> next = std::move(m_scratch.without[depth]);
        leaveOneOut(depth + 1, first, middle, next);
        m_scratch.without[depth] = std::move(next);
        addHalf(depth, first, middle, base);
        next = std::move(m_scratch.without[depth]);
        leaveOneOut(depth + 1, middle, last, next);
        m_scratch.without[depth] = std::move(next);
    }
    void addHalf(std::size_t depth, std::size_t first, std::size_t last, const std::vector<double>& base) {
        m_scratch.without[depth] = base;
        for (std::size_t s = first; s < last; ++s) {
            addStation(m_several[s], m_scratch.without[depth], m_scratch.after, false);
            std::swap(m_scratch.without[depth], m_scratch.after);
        }
    }

    void addStation(std::size_t station, const std::vector<double>& before, std::vector<double>& after, bool note) {
        loadedSpeeds(m_network.servers[station], m_network.openAt(station), m_present, m_scratch.speeds);
        const std::vector<double>& speeds = m_scratch.speeds;
        const std::size_t levels = speeds.size();
        after.assign(m_box.size, 0);
        m_scratch.tail.assign(m_box.size, 0);
        std::vector<double> slowed(classes() + 1, 0);
        forStates(station, levels, [&](const std::vector<std::size_t>& m, std::size_t total, double weight) {
            addShifted(total < levels ? after : m_scratch.tail, before, m, weight);
            if (!note || total == levels) return;
            for (std::size_t k = 0; k <= classes(); ++k)
                if (const auto from = shifted(k, m))
                    slowed[k] += weight * before[*from] * double(total + 1) / speeds[total];
        });
        std::vector<double> step(classes());
        for (std::size_t k = 0; k < classes(); ++k) step[k] = demand(station, k) / speeds.back();
        spread(m_scratch.tail, step);
        for (std::size_t p = 0; p < m_box.size; ++p) after[p] += m_scratch.tail[p];
        if (!note) return;
        // Sum over |m| >= c of (|m| + 1 - c) f_m g is the tail spread once more.
        for (std::size_t k = 0; k <= classes(); ++k)
            slowed[k] += double(levels) * m_scratch.tail[point(k)] / speeds.back();
        spread(m_scratch.tail, step);
        for (std::size_t k = 0; k <= classes(); ++k)
            stretch(station, k) = slowed[k] + m_scratch.tail[point(k)] / speeds.back();
    }

    /// Calls visit(m, |m|, f_m) for every state of at most `levels` customers.
    template <class Visit> void forStates(std::size_t station, std::size_t levels, Visit visit) {
        std::vector<double> logTotal(levels + 1, 0), logDemand(classes());
        for (std::size_t j = 1; j <= levels; ++j)
            logTotal[j] = logTotal[j - 1] + std::log(double(j) / m_scratch.speeds[j - 1]);
        for (std::size_t k = 0; k < classes(); ++k) logDemand[k] = std::log(demand(station, k)); // -infinity for 0
        std::vector<std::size_t> m(classes(), 0);
        std::size_t total = 0;
        for (;;) {
            double logWeight = logTotal[total];
            for (std::size_t k = 0; k < classes(); ++k)
                if (m[k] > 0) logWeight += double(m[k]) * logDemand[k] - std::lgamma(double(m[k]) + 1);
            visit(m, total, std::exp(logWeight));
            std::size_t k = classes();
            while (k > 0 && (total == levels || m[k - 1] == m_box.users[k - 1])) {
                total -= m[k - 1];
                m[k - 1] = 0;
                --k;
            }
            if (k == 0) return;
            ++m[k - 1];
            ++total;
        }
    }

    /// after(n) += weight before(n - m).
    void addShifted(std::vector<double>& after, const std::vector<double>& before, const std::vector<std::size_t>& m,
                    double weight) {
        if (!(weight > 0)) return;
        std::size_t offset = 0;
        for (std::size_t k = 0; k < classes(); ++k) offset += m[k] * m_box.stride[k];
        m_box.forRows(m, [&](std::size_t index, std::span<const std::size_t>) {
            const double* from = before.data() + index + m.back() - offset;
            double* to = after.data() + index + m.back();
            const std::size_t length = m_box.users.back() + 1 - m.back();
            for (std::size_t j = 0; j < length; ++j) to[j] += weight * from[j];
        });
    }

    /// values(n) += sum_k step_k values(n - 1_k), from the origin on.
    void spread(std::vector<double>& values, const std::vector<double>& step) {
        m_box.forRows([&](std::size_t index, std::span<const std::size_t> n) {
            const std::size_t length = m_box.users.back() + 1;
            for (std::size_t k = 0; k < m_box.last(); ++k) {
                if (n[k] == 0) continue;
                for (std::size_t j = 0; j < length; ++j)
                    values[index + j] += step[k] * values[index + j - m_box.stride[k]];
            }
            for (std::size_t j = 1; j < length; ++j) values[index + j] += step.back() * values[index + j - 1];
        });
    }

    /// The index of point(k) - m, if it is in the box.
    std::optional<std::size_t> shifted(std::size_t k, const std::vector<std::size_t>& m) const {
        std::size_t index = 0;
        for (std::size_t j = 0; j < classes(); ++j) {
            const std::size_t users = m_box.users[j] - (j == k ? 1 : 0);
            if (m[j] > users) return std::nullopt;
            index += (users - m[j]) * m_box.stride[j];
        }
        return index;
    }

    bool write(ClosedFigures& figures) {
        const std::vector<double>& whole = m_scratch.whole;
        for (std::size_t k = 0; k <= classes(); ++k) {
            const double constant = whole[point(k)];
            if (!(std::isnormal(constant) && constant < 1e300)) return false;
            for (std::size_t i = 0; i < m_network.servers.size(); ++i)
                if (!std::isfinite(stretch(i, k))) return false;
        }
        const std::size_t all = m_network.users.size();
        for (std::size_t i = 0; i < m_network.servers.size(); ++i) {
            const bool relative =
                std::ranges::find(m_unused, i) == m_unused.end() && std::ranges::find(m_delays, i) == m_delays.end();
            const double share = m_network.servers[i] == 1 ? 1 / (1 - m_network.openAt(i)) : 1;
            const auto stretched = [&](std::size_t k) {
                return relative ? stretch(i, k) / whole[point(k)] * share : stretch(i, k);
            };
            figures.outsideStretch[i] = stretched(classes());
            for (std::size_t c = 0; c < all; ++c)
                figures.residence_s[i * all + c] = m_network.demand_s[i * all + c] * figures.outsideStretch[i];
            for (std::size_t k = 0; k < classes(); ++k)
                figures.residence_s[i * all + m_active[k]] = m_network.demand_s[i * all + m_active[k]] * stretched(k);
        }
        for (std::size_t c = 0; c < all; ++c) {
            figures.throughput_per_s[c] = figures.response_s[c] = 0;
            for (std::size_t i = 0; i < m_network.servers.size(); ++i)
                figures.response_s[c] += figures.residence_s[i * all + c];
        }
        for (std::size_t k = 0; k < classes(); ++k)
            figures.throughput_per_s[m_active[k]] = m_guess[m_active[k]] * (whole[point(k)] / whole[point(classes())]);
        return true;
    }

    const ClosedClasses& m_network;
    std::span<const double> m_guess;
    LatticeScratch& m_scratch;
    std::vector<std::size_t> m_active;
    PopulationBox m_box;
    std::vector<double> m_stretch; // [station][N - 1_0, N - 1_1 ..., N], times the constant there
    std::vector<std::size_t> m_unused, m_single, m_several, m_delays;
    std::size_t m_present = 0; // at most, an arrival from outside included
};

/// Classes with users, the fewest first.
std::vector<std::size_t> activeClasses(const ClosedClasses& network) {
    std::vector<std::size_t> active;
    for (std::size_t k = 0; k < network.users.size(); ++k)
        if (network.users[k] > 0) active.push_back(k);
    std::ranges::stable_sort(active, {}, [&](std::size_t k) { return network.users[k]; });
    return active;
}

} // namespace

double latticeCost(const ClosedClasses& network) {
    double points = 1, population = 0, classes = 0;
    for (const double users : network.users) {
        points *= users + 1;
        population += users;
        classes += users > 0 ? 1 : 0;
    }
    double each = 0, several = 0;
    for (std::size_t i = 0; i < network.servers.size(); ++i) {
        const double servers = network.servers[i];
        if (servers == 1) each += 2 * (classes + 1);
        if (servers == 1 || (servers > population && !(network.openAt(i) > 0))) continue;
        ++several;
        double states = 1; // C(levels + classes, classes)
        for (double k = 1; k <= classes; ++k) states *= (std::min(servers, population + 1) + k) / k;
        each += states + 2 * classes;
    }
    return points * each * (1 + std::ceil(std::log2(std::max(1.0, several))));
}

bool solveOnLattice(const ClosedClasses& network, std::span<const double> guess, ClosedFigures& figures,
                    LatticeScratch& scratch) {
    std::vector<std::size_t> active = activeClasses(network), users;
    assert(active.size() >= 2);
    for (const std::size_t k : active) users.push_back(std::size_t(network.users[k]));
    return Lattice(network, guess, std::move(active), PopulationBox(std::move(users)), scratch).solve(figures);
}

} // namespace plimsoll::network
