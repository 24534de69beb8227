#include "engine/queueing/mg1k.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::queueing {
namespace {

/// The law of the arrivals during one service: P(A > j), and the sum of that from j on, both without cancellation.
struct Arrivals {
    std::vector<double> law, above, sumAbove; // one length; what is beyond is nothing
};

constexpr double kNoArrivals = 1e-45; // of a probability

/// P(j arrivals during a service of this phase), j = 0, 1, ...: a Poisson number during the offset and, independently,
/// a negative binomial one during the gamma. Added to `law`, times the weight.
void addPhase(const flow::Phase& phase, double rate, std::vector<double>& law) {
    const double mean = rate * toSeconds(phase.offset), ratio = rate * toSeconds(phase.scale);
    std::vector<double> constant(law.size(), 0), random(law.size(), 0);
    constant[0] = random[0] = 1;
    for (std::size_t j = 0; mean > 0 && j < law.size(); ++j)
        constant[j] = std::exp(double(j) * std::log(mean) - mean - std::lgamma(double(j) + 1));
    const double logOdds = ratio > 0 ? -std::log1p(1 / ratio) : 0;
    for (std::size_t j = 0; ratio > 0 && j < law.size(); ++j)
        random[j] = std::exp(std::lgamma(phase.shape + double(j)) - std::lgamma(phase.shape) -
                             std::lgamma(double(j) + 1) + double(j) * logOdds - phase.shape * std::log1p(ratio));
    const double weight = phase.weight.value;
    for (std::size_t i = 0; i < law.size(); ++i) {
        if (!(constant[i] > kNoArrivals)) continue;
        for (std::size_t j = 0; i + j < law.size(); ++j) law[i + j] += weight * constant[i] * random[j];
        if (mean == 0) break;
    }
}

/// Until nothing is left that matters beside the arrivals that fill `places`, or for long queues beside everything.
Arrivals arrivalsDuring(double rate, const distribution::Distribution& service, double places) {
    constexpr double kNothing = 1e-40, kBeside = 1e-18;
    const bool every = places * places <= kMostSteps;
    constexpr std::size_t kMost = 20000;
    const double mean = rate * distribution::mean(service).count();
    Arrivals arrivals;
    std::vector<double>& law = arrivals.law;
    for (std::size_t length = std::min(kMost, std::size_t(20 * mean) + 64);; length = std::min(kMost, 2 * length)) {
        law.assign(length, 0);
        for (const flow::Phase& phase : service.phases) addPhase(phase, rate, law);
        const double least = !every ? kNothing : places < double(length) ? kBeside * law[std::size_t(places)] : 0;
        if (length == kMost || law.back() <= least) break;
    }
    // What is beyond the last place falls like a geometric law with the ratio of the last two.
    const std::size_t length = law.size();
    const double last = law[length - 1], ratio = law[length - 2] > last ? last / law[length - 2] : 0;
    double tail = last * ratio / (1 - ratio), sum = tail * ratio / (1 - ratio);
    arrivals.above.resize(length);
    arrivals.sumAbove.resize(length);
    for (std::size_t j = length; j-- > 0;) {
        arrivals.above[j] = tail;
        arrivals.sumAbove[j] = sum += tail;
        tail += law[j];
    }
    return arrivals;
}

/// Unnormalised probabilities of 0 .. K - 1 left behind by a departure: what goes up over a level during a service
/// comes down one by one, a sum of positive terms.
std::vector<double> leftBehind(const Arrivals& arrivals, std::size_t count) {
    constexpr double kLarge = 1e200;
    const auto above = [&](std::size_t j) { return j < arrivals.above.size() ? arrivals.above[j] : 0; };
    std::vector<double> left{1};
    while (left.size() < count) {
        const std::size_t j = left.size() - 1;
        double up = left[0] * above(j);
        const std::size_t from = j + 2 > arrivals.above.size() ? j + 2 - arrivals.above.size() : 1;
        for (std::size_t i = std::max<std::size_t>(from, 1); i <= j; ++i) up += left[i] * above(j + 1 - i);
        left.push_back(up / arrivals.law[0]);
        if (left.back() > kLarge)
            for (double& p : left) p /= kLarge;
    }
    double total = 0;
    for (const double p : left) total += p;
    for (double& p : left) p /= total;
    return left;
}

} // namespace

std::optional<FiniteOneServer> finiteOneServer(double arrivalRate_per_s, const distribution::Distribution& service,
                                               double capacity) {
    constexpr double kHeavy = 500; // arrivals a service: none of them has a probability of e^-500
    const double load = arrivalRate_per_s * distribution::mean(service).count();
    if (!(capacity <= kMostSteps) || !(load <= kHeavy)) return std::nullopt;
    const Arrivals arrivals = arrivalsDuring(arrivalRate_per_s, service, capacity);
    const auto places = std::size_t(capacity);
    if (!(arrivals.law[0] > 0) || capacity * std::min(capacity, double(arrivals.law.size())) > kMostSteps)
        return std::nullopt;
    const std::vector<double> left = leftBehind(arrivals, places);
    FiniteOneServer figures;
    const double cycle = left[0] + load; // mean number of arrivals from departure to departure
    // Time with all places taken: from a service that starts with i, the arrivals beyond the K - i that still fit.
    const auto beyond = [&](std::size_t j) { return j < arrivals.sumAbove.size() ? arrivals.sumAbove[j] : 0; };
    double full = left[0] * beyond(places - 1);
    for (std::size_t i = 1; i < places; ++i) full += left[i] * beyond(places - i);
    for (const double p : left) figures.present.push_back(p / cycle);
    figures.loss = full / cycle;
    figures.present.push_back(figures.loss);
    for (std::size_t n = 2; n < figures.present.size(); ++n) figures.queueLength += double(n - 1) * figures.present[n];
    return figures;
}

} // namespace plimsoll::queueing
