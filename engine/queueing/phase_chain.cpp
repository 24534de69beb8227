#include "engine/queueing/phase_chain.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace plimsoll::queueing {
namespace {

/// Row by row.
class Matrix {
public:
    Matrix(std::size_t rows, std::size_t columns) : m_columns(columns), m_values(rows * columns, 0) {}
    double& operator()(std::size_t i, std::size_t j) { return m_values[i * m_columns + j]; }
    double operator()(std::size_t i, std::size_t j) const { return m_values[i * m_columns + j]; }
    std::size_t rows() const { return m_values.size() / m_columns; }
    std::size_t columns() const { return m_columns; }
    double distance(const Matrix& other) const {
        double most = 0;
        for (std::size_t i = 0; i < m_values.size(); ++i)
            most = std::max(most, std::abs(m_values[i] - other.m_values[i]));
        return most;
    }

private:
    std::size_t m_columns;
    std::vector<double> m_values;
};

/// The rates out of level n (n present, b = min(n, c) busy, i of them in phase 1), tridiagonal in i.
class Rates {
public:
    Rates(double arrival, const TwoPhases& service, std::size_t servers, std::size_t capacity)
        : m_arrival(arrival), m_service(service), m_servers(servers), m_capacity(capacity) {}
    std::size_t busy(std::size_t n) const { return std::min(n, m_servers); }

    /// To level n + 1; 0 at the capacity.
    void addUp(std::size_t n, Matrix& to) const {
        for (std::size_t i = 0; i <= busy(n); ++i) {
            if (n >= m_servers) {
                to(i, i) += m_arrival;
            } else {
                to(i, i + 1) += m_arrival * m_service.first;
                to(i, i) += m_arrival * (1 - m_service.first);
            }
        }
    }
    /// To level n - 1 from state i, as (state, rate): the next in the queue starts at once.
    template <class Sink> void down(std::size_t n, std::size_t i, Sink sink) const {
        const double ofFirst = double(i) * m_service.firstRate * (1 - m_service.onward);
        const double ofSecond = double(busy(n) - i) * m_service.secondRate;
        if (n > m_servers) {
            if (i > 0) sink(i - 1, ofFirst * (1 - m_service.first));
            sink(i, ofFirst * m_service.first + ofSecond * (1 - m_service.first));
            if (i < busy(n)) sink(i + 1, ofSecond * m_service.first);
        } else {
            if (i > 0) sink(i - 1, ofFirst);
            if (i < busy(n)) sink(i, ofSecond);
        }
    }
    /// Minus the generator inside level n.
    Matrix local(std::size_t n) const {
        Matrix local(busy(n) + 1, busy(n) + 1);
        for (std::size_t i = 0; i <= busy(n); ++i) {
            const double onward = double(i) * m_service.firstRate * m_service.onward;
            local(i, i) = (n < m_capacity ? m_arrival : 0) + double(i) * m_service.firstRate +
                          double(busy(n) - i) * m_service.secondRate;
            if (i > 0) local(i, i - 1) -= onward;
        }
        return local;
    }

private:
    double m_arrival;
    TwoPhases m_service;
    std::size_t m_servers, m_capacity;
};

/// x a = b for every row of b, by elimination with pivots on the diagonal: `a` is an M-matrix.
Matrix solveRight(Matrix a, Matrix b) {
    const std::size_t size = a.rows();
    // Columns of a are eliminated to the right.
    for (std::size_t k = 0; k < size; ++k) {
        for (std::size_t j = k + 1; j < size; ++j) {
            const double factor = a(k, j) / a(k, k);
            if (factor == 0) continue;
            for (std::size_t i = k; i < size; ++i) a(i, j) -= factor * a(i, k);
            for (std::size_t i = 0; i < b.rows(); ++i) b(i, j) -= factor * b(i, k);
        }
    }
    for (std::size_t k = size; k-- > 0;)
        for (std::size_t i = 0; i < b.rows(); ++i) {
            for (std::size_t j = k + 1; j < size; ++j) b(i, k) -= b(i, j) * a(j, k);
            b(i, k) /= a(k, k);
        }
    return b;
}

/// R_n with pi_{n+1} = pi_n R_n, given R_{n+1} (none at the top).
Matrix factor(const Rates& rates, std::size_t n, const Matrix* above) {
    Matrix inside = rates.local(n + 1);
    if (above) {
        for (std::size_t i = 0; i < above->rows(); ++i)
            for (std::size_t j = 0; j < above->columns(); ++j)
                rates.down(n + 2, j, [&](std::size_t to, double rate) { inside(i, to) -= (*above)(i, j) * rate; });
    }
    Matrix up(rates.busy(n) + 1, rates.busy(n + 1) + 1);
    rates.addUp(n, up);
    return solveRight(std::move(inside), std::move(up));
}

} // namespace

std::optional<TwoPhases> twoPhases(const distribution::Distribution& service) {
    const auto plain = [](const flow::Phase& phase) {
        return phase.shape == 1 && phase.offset.count() == 0 && phase.scale.count() > 0;
    };
    if (service.phases.size() <= 2 && std::ranges::all_of(service.phases, plain)) {
        const flow::Phase& one = service.phases.front();
        const flow::Phase& other = service.phases.back();
        return TwoPhases{.first = service.phases.size() == 1 ? 1 : one.weight.value,
                         .firstRate = 1 / toSeconds(one.scale),
                         .onward = 0,
                         .secondRate = 1 / toSeconds(other.scale)};
    }
    const Seconds mean = distribution::mean(service);
    const double scv = distribution::scv(service);
    if (scv >= 1) return twoPhases(distribution::fromMeanScv(mean, scv));
    if (scv < 0.5) return std::nullopt;
    const double onward = std::min(1.0, (1 - scv + std::sqrt(2 * (1 - scv))) / (1 + scv));
    const double rate = (1 + onward) / toSeconds(mean);
    return TwoPhases{.first = 1, .firstRate = rate, .onward = onward, .secondRate = rate};
}

std::optional<PhaseChainFigures> phaseChain(double arrivalRate_per_s, const TwoPhases& service, double servers,
                                            double capacity) {
    constexpr double kLongest = 2e4, kSame = 1e-14;
    const double block = std::pow(servers + 1, 3);
    if (!(servers * block <= kMostWork) || !(capacity <= kLongest)) return std::nullopt;
    const auto top = std::size_t(capacity), c = std::size_t(servers);
    const Rates rates(arrivalRate_per_s, service, c, top);
    // From the top down. In the queue the factors come to rest: the rest of its levels have the last one.
    std::vector<Matrix> factors; // R_{K-1}, R_{K-2}, ...
    double work = 0;
    std::size_t repeats = 0;
    for (std::size_t n = top; n-- > 0;) {
        if (repeats > 0 && n >= c) {
            ++repeats;
            continue;
        }
        factors.push_back(factor(rates, n, factors.empty() ? nullptr : &factors.back()));
        const std::size_t size = factors.size();
        if (n > c && size > 1 && factors[size - 1].distance(factors[size - 2]) < kSame) repeats = 1;
        work += block;
        if (work > kMostWork) return std::nullopt;
    }
    // The place of the factor that repeats: the last of those at or above level c.
    const std::size_t distinctQueue = top - c - (repeats > 0 ? repeats - 1 : 0);
    const auto factorAt = [&](std::size_t n) -> const Matrix& {
        const std::size_t fromTop = top - 1 - n;
        if (n >= c) return factors[std::min(fromTop, distinctQueue - 1)];
        return factors[fromTop - (repeats > 0 ? repeats - 1 : 0)];
    };
    std::vector<double> level{1};
    double total = 1, letIn = 1, busy = 0, waits = 0, queued = 0, full = 0;
    constexpr double kLarge = 1e200;
    for (std::size_t n = 0; n < top; ++n) {
        const Matrix& next = factorAt(n);
        std::vector<double> above(next.columns(), 0);
        for (std::size_t i = 0; i < level.size(); ++i)
            for (std::size_t j = 0; j < above.size(); ++j) above[j] += level[i] * next(i, j);
        level = std::move(above);
        double sum = 0;
        for (const double p : level) sum += p;
        total += sum;
        busy += double(rates.busy(n + 1)) * sum;
        if (n + 1 >= c && n + 1 < top) waits += sum;
        if (n + 1 > c) queued += double(n + 1 - c) * sum;
        if (n + 1 == top)
            full = sum;
        else
            letIn += sum;
        if (total > kLarge) {
            for (double& p : level) p /= kLarge;
            for (double* sums : {&total, &letIn, &busy, &waits, &queued, &full}) *sums /= kLarge;
        }
    }
    return PhaseChainFigures{.loss = full / total,
                             .queueLength = queued / total,
                             .carriedLoad = busy / total,
                             .waitProbability = waits > 0 ? waits / letIn : 0};
}

} // namespace plimsoll::queueing
