// A station with c servers is a delay D (c - 1) / c and one server with D / c (Seidmann, Schweitzer and Shalev-Oren
// 1987). With one class-k customer less the queue of class j at station i is (n_j - [j = k]) (Q_ij / n_j + F_kij); F =
// 0 is Schweitzer's and Bard's method, Linearizer finds F from the populations with one customer less.
#include "engine/network/linearizer.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::network {
namespace {

class Approximation {
public:
    Approximation(const ClosedClasses& network, LinearizerScratch& scratch)
        : m_network(network), m_scratch(scratch), m_classes(network.users.size()), m_stations(network.servers.size()) {
        scratch.queueDemand.resize(m_stations * m_classes);
        scratch.delay.assign(network.think_s.begin(), network.think_s.end());
        for (std::size_t i = 0; i < m_stations; ++i) {
            const double servers = network.servers[i], left = 1 - network.openAt(i);
            for (std::size_t k = 0; k < m_classes; ++k) {
                const double demand = network.demand_s[at(i, k)];
                scratch.queueDemand[at(i, k)] = demand / servers / left;
                scratch.delay[k] += demand * ((servers - 1) / servers);
            }
        }
        scratch.users.assign(network.users.begin(), network.users.end());
        scratch.residence.assign(m_stations * m_classes, 0);
        scratch.throughput.assign(m_classes, 0);
        scratch.total.resize(m_stations);
        scratch.correction.assign(m_stations * m_classes, 0);
        startQueues();
    }

    /// Until every queue keeps still to `tolerance` of its class's users; false: it does not. `gone` has one customer
    /// less.
    bool core(std::size_t gone, std::span<double> queue, double tolerance) {
        constexpr int kMost = 2000;
        if (gone < m_classes) m_scratch.users[gone] -= 1;
        bool still = false;
        for (int i = 0; i < kMost && !still; ++i) still = step(queue) < tolerance;
        if (gone < m_classes) m_scratch.users[gone] += 1;
        return still;
    }
    bool coreOfAll(double tolerance) { return core(m_classes, m_scratch.queue, tolerance); }

    /// F and from it the correction that each core adds, with the queues of all populations at hand.
    void updateFractions() {
        auto& fraction = m_scratch.fraction; // [k][i][j]
        fraction.resize(m_classes * m_stations * m_classes);
        for (std::size_t k = 0; k < m_classes; ++k)
            for (std::size_t i = 0; i < m_stations; ++i)
                for (std::size_t j = 0; j < m_classes; ++j) {
                    const double users = m_network.users[j], left = users - (j == k ? 1 : 0);
                    const double without = m_scratch.queueWithout[k * m_stations * m_classes + at(i, j)];
                    fraction[(k * m_stations + i) * m_classes + j] =
                        left > 0 && users > 0 ? without / left - m_scratch.queue[at(i, j)] / users : 0;
                }
    }
    /// What F adds to the queue that a class-k arrival meets, for the population with one of `gone` less.
    void setCorrection(std::size_t gone) {
        for (std::size_t i = 0; i < m_stations; ++i)
            for (std::size_t k = 0; k < m_classes; ++k) {
                const double* fraction = &m_scratch.fraction[(k * m_stations + i) * m_classes];
                double sum = -fraction[k];
                for (std::size_t j = 0; j < m_classes; ++j)
                    sum += (m_network.users[j] - (j == gone ? 1 : 0)) * fraction[j];
                m_scratch.correction[at(i, k)] = sum;
            }
    }

    bool iterate() {
        constexpr int kPasses = 3;
        constexpr double kTolerance = 1e-8;
        const std::size_t size = m_stations * m_classes;
        bool still = coreOfAll(kTolerance);
        m_scratch.queueWithout.resize(m_classes * size);
        for (std::size_t k = 0; k < m_classes; ++k)
            std::ranges::copy(m_scratch.queue, m_scratch.queueWithout.begin() + std::ptrdiff_t(k * size));
        std::ranges::fill(m_scratch.correction, 0);
        for (int pass = 1; pass < kPasses; ++pass) {
            for (std::size_t k = 0; k < m_classes; ++k) {
                if (!(m_network.users[k] > 0)) continue;
                if (pass > 1) setCorrection(k);
                still = core(k, std::span(m_scratch.queueWithout).subspan(k * size, size), kTolerance) && still;
            }
            updateFractions();
            setCorrection(m_classes);
            still = coreOfAll(kTolerance) && still;
        }
        return still;
    }

    void write(ClosedFigures& figures) {
        for (std::size_t k = 0; k < m_classes; ++k) {
            figures.throughput_per_s[k] = m_scratch.throughput[k];
            figures.response_s[k] = 0;
        }
        for (std::size_t i = 0; i < m_stations; ++i) {
            const double servers = m_network.servers[i], left = 1 - m_network.openAt(i);
            double queue = 0;
            for (std::size_t k = 0; k < m_classes; ++k) queue += m_scratch.queue[at(i, k)];
            figures.outsideStretch[i] = (servers - 1) / servers + (1 + queue) / servers / left;
            for (std::size_t k = 0; k < m_classes; ++k) {
                const double demand = m_network.demand_s[at(i, k)];
                double residence = demand * figures.outsideStretch[i];
                if (m_network.users[k] > 0) // Little: exact to the last step
                    residence = m_scratch.residence[at(i, k)] + demand * ((servers - 1) / servers);
                figures.residence_s[at(i, k)] = residence;
                figures.response_s[k] += residence;
            }
        }
    }

private:
    std::size_t at(std::size_t station, std::size_t cls) const { return station * m_classes + cls; }

    /// Queues in proportion to the demands, as far as the delay leaves users for them.
    void startQueues() {
        m_scratch.queue.assign(m_stations * m_classes, 0);
        for (std::size_t k = 0; k < m_classes; ++k) {
            double sum = m_scratch.delay[k];
            for (std::size_t i = 0; i < m_stations; ++i) sum += m_scratch.queueDemand[at(i, k)];
            if (!(sum > 0)) continue;
            for (std::size_t i = 0; i < m_stations; ++i)
                m_scratch.queue[at(i, k)] = m_network.users[k] * (m_scratch.queueDemand[at(i, k)] / sum);
        }
    }

    /// One round of the fixed point; the largest change of a queue over its class's users.
    double step(std::span<double> queue) {
        const std::vector<double>& users = m_scratch.users;
        for (std::size_t i = 0; i < m_stations; ++i) {
            double sum = 0;
            for (std::size_t k = 0; k < m_classes; ++k) sum += users[k] > 0 ? queue[at(i, k)] : 0;
            m_scratch.total[i] = sum;
        }
        double change = 0;
        for (std::size_t k = 0; k < m_classes; ++k) {
            if (!(users[k] > 0)) continue;
            double response = m_scratch.delay[k];
            for (std::size_t i = 0; i < m_stations; ++i) {
                const double met = m_scratch.total[i] - queue[at(i, k)] / users[k] + m_scratch.correction[at(i, k)];
                const double residence = m_scratch.queueDemand[at(i, k)] * (1 + std::max(0.0, met));
                m_scratch.residence[at(i, k)] = residence;
                response += residence;
            }
            const double throughput = response > 0 ? users[k] / response : 0;
            m_scratch.throughput[k] = throughput;
            for (std::size_t i = 0; i < m_stations; ++i) {
                const double next = throughput * m_scratch.residence[at(i, k)];
                change = std::max(change, std::abs(next - queue[at(i, k)]) / users[k]);
                queue[at(i, k)] = next;
            }
        }
        return change;
    }

    const ClosedClasses& m_network;
    LinearizerScratch& m_scratch;
    std::size_t m_classes, m_stations;
};

} // namespace

void schweitzerThroughputs(const ClosedClasses& network, LinearizerScratch& scratch) {
    Approximation(network, scratch).coreOfAll(1e-4);
}

void linearizer(const ClosedClasses& network, ClosedFigures& figures, LinearizerScratch& scratch) {
    Approximation approximation(network, scratch);
    figures.converged = approximation.iterate();
    approximation.write(figures);
}

} // namespace plimsoll::network
