#include "engine/queueing/ps_chain.h"

#include "engine/distribution/quadrature.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace plimsoll::queueing {
namespace {

/// The tagged request meets n others with probability pi_n. It ends at rate kill_n, the others come and go at rates
/// birth and death_n, so the vector x_n = E[f(response) | n] solves (birth + death_n + kill_n) x_n - birth x_{n+1} -
/// death_n x_{n-1} = right_n. With measure m_n proportional to pi_n / kill_n the chain is reversible, and pi = m kill:
/// the response has density <kill, e^{Qt} kill>_m, a mixture of exponentials. Time in units of the mix's mean service.
class TaggedChain {
public:
    static constexpr std::size_t kLongest = 8192;
    static constexpr double kLeftOut = 1e-13; // probability of the states cut off

    static std::optional<TaggedChain> make(const PsStation& station, double relativeDemand) {
        if (!station.seen.empty()) {
            const auto negligible = [](double p) { return !(p > kLeftOut * kLeftOut); };
            const auto first = std::ranges::find_if_not(station.seen, negligible);
            const auto last = std::find_if_not(station.seen.rbegin(), station.seen.rend(), negligible).base();
            if (last - first < 1 || last - first > std::ptrdiff_t(kLongest)) return std::nullopt;
            return TaggedChain(station, relativeDemand, double(first - station.seen.begin()),
                               std::size_t(last - first));
        }
        const double c = station.servers, a = station.load, rho = a / c;
        const double first = std::max(0.0, std::floor(a - 9 * std::sqrt(a) - 30));
        const double last = std::ceil(std::max(c, a + 9 * std::sqrt(a)) + std::log(kLeftOut) / std::log(rho)) + 50;
        if (!(rho < 1 && last - first < kLongest)) return std::nullopt;
        return TaggedChain(station, relativeDemand, first, std::size_t(last - first) + 1);
    }

    std::size_t size() const { return m_probability.size(); }
    const std::vector<double>& kill() const { return m_kill; }
    /// sum m_n x_n y_n.
    double product(const std::vector<double>& x, const std::vector<double>& y) const {
        double sum = 0;
        for (std::size_t n = 0; n < size(); ++n) sum += m_measure[n] * x[n] * y[n];
        return sum;
    }
    /// Solves for x in place of the right side (Thomas; the factors are kept).
    void solve(std::vector<double>& x) const {
        for (std::size_t n = 1; n < size(); ++n) x[n] += m_lower[n] * x[n - 1];
        x.back() *= m_pivot.back();
        for (std::size_t n = size() - 1; n-- > 0;) x[n] = (x[n] + m_birth[n] * x[n + 1]) * m_pivot[n];
    }

private:
    TaggedChain(const PsStation& station, double relativeDemand, double first, std::size_t count) {
        const double slow = slowing(station);
        m_probability.resize(count);
        m_birth.assign(count, station.load * slow);
        m_kill.resize(count);
        m_measure.resize(count);
        m_lower.resize(count);
        m_pivot.resize(count);
        if (station.seen.empty())
            fillPoisson(station, first);
        else
            fillSeen(station, first);
        m_birth.back() = 0;
        double total = 0;
        for (double p : m_probability) total += p;
        for (std::size_t n = 0; n < count; ++n) {
            const double others = first + double(n), share = psShare(station, others);
            m_probability[n] /= total;
            m_kill[n] = share / relativeDemand;
            m_measure[n] = m_probability[n] / m_kill[n];
            const double death = n == 0 ? 0 : others * share * slow;
            const double diagonal = m_birth[n] + death + m_kill[n];
            m_pivot[n] = 1 / (n == 0 ? diagonal : diagonal - death * m_birth[n - 1] * m_pivot[n - 1]);
            m_lower[n] = n == 0 ? 0 : death * m_pivot[n - 1];
        }
    }
    /// Probabilities outward from the largest, so that nothing overflows.
    void fillPoisson(const PsStation& station, double first) {
        const double c = station.servers;
        const auto top = std::size_t(std::clamp(std::floor(station.load) - first, 0.0, double(size() - 1)));
        m_probability[top] = 1;
        for (std::size_t n = top + 1; n < size(); ++n)
            m_probability[n] = m_probability[n - 1] * station.load / std::min(first + double(n), c);
        for (std::size_t n = top; n-- > 0;)
            m_probability[n] = m_probability[n + 1] * std::min(first + double(n) + 1, c) / station.load;
    }
    /// Arrivals at a server with k requests come at a rate whose ratio to the rate down is that of what two
    /// neighbouring arrivals find; the tagged one is the (n+1)st.
    void fillSeen(const PsStation& station, double first) {
        const std::size_t skipped = std::size_t(first);
        for (std::size_t n = 0; n < size(); ++n) {
            m_probability[n] = station.seen[skipped + n];
            if (n + 1 == size() || !(m_probability[n] > 0)) continue;
            const double present = first + double(n) + 1, down = present * psShare(station, present - 1);
            m_birth[n] = station.seen[skipped + n + 1] / m_probability[n] * down * slowing(station);
        }
    }
    /// Larger service variability makes the number present change more slowly (theory/stations.md 5: th).
    static double slowing(const PsStation& station) { return 2 / (1 + station.serviceScv); }

    std::vector<double> m_probability, m_birth, m_kill, m_measure, m_lower, m_pivot;
};

} // namespace

std::optional<distribution::Cumulants> psTaggedCumulants(const PsStation& station, double demandMean_s) {
    const auto chain = TaggedChain::make(station, demandMean_s / station.serviceMean_s);
    if (!chain) return std::nullopt;
    // With u = (-Q)^-1, u kill = 1 and E[T^k] = k! <u^i kill, u^j kill>_m for i + j = k + 1: one solve gives three.
    std::vector<double> mean(chain->size(), 1.0);
    const std::vector<double> one = mean;
    chain->solve(mean);
    const double unit = station.serviceMean_s;
    const double first = psStretch(station) * demandMean_s;
    const double second = 2 * chain->product(one, mean) * unit * unit;
    const double third = 6 * chain->product(mean, mean) * unit * unit * unit;
    return distribution::fromRawMoments(first, second, third);
}

std::optional<flow::Distribution> psTaggedLaw(const PsStation& station, double demandMean_s, int nodes) {
    constexpr double kExhausted = 1e-14;   // of a norm: the rule is exact already
    constexpr double kLeastWeight = 1e-12; // far below the tail of any quantile that is asked for
    const auto chain = TaggedChain::make(station, demandMean_s / station.serviceMean_s);
    if (!chain) return std::nullopt;
    const std::size_t count = chain->size();
    // Lanczos on u in the inner product <x, A y>_m, A = -Q, from the vector 1: its spectral weights are those of the
    // survival function. `image` holds A x beside every x, so that A is never applied.
    std::vector<double> x(count, 1.0), image = chain->kill(), before(count, 0.0), beforeImage(count, 0.0);
    const double norm = std::sqrt(chain->product(x, image));
    for (std::size_t n = 0; n < count; ++n) {
        x[n] /= norm;
        image[n] /= norm;
    }
    std::vector<double> diagonal, offDiagonal;
    double beta = 0;
    for (int step = 0; step < nodes; ++step) {
        std::vector<double> next = x, nextImage = x;
        chain->solve(next);
        const double alpha = chain->product(x, x);
        diagonal.push_back(alpha);
        for (std::size_t n = 0; n < count; ++n) {
            next[n] -= alpha * x[n] + beta * before[n];
            nextImage[n] -= alpha * image[n] + beta * beforeImage[n];
        }
        const double square = chain->product(next, nextImage);
        if (step + 1 == nodes || !(square > kExhausted * alpha * alpha)) break;
        beta = std::sqrt(square);
        offDiagonal.push_back(beta);
        before = std::exchange(x, std::move(next));
        beforeImage = std::exchange(image, std::move(nextImage));
        for (std::size_t n = 0; n < count; ++n) {
            x[n] /= beta;
            image[n] /= beta;
        }
    }
    flow::Distribution law;
    for (const auto& [time, weight] : distribution::gaussRule(std::move(diagonal), std::move(offDiagonal)))
        if (weight > kLeastWeight)
            law.phases.push_back({.weight = {weight}, .scale = Seconds{time * station.serviceMean_s}});
    return law;
}

} // namespace plimsoll::queueing
