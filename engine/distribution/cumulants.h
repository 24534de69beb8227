// First three cumulants of a law of time: what adds up along a path and mixes over branches without cancellation.
#pragma once
#include "engine/flow/model.h"

#include <span>

namespace plimsoll::distribution {

/// Mean (s), variance (s^2) and third central moment (s^3).
struct Cumulants {
    double mean = 0, variance = 0, third = 0;

    Cumulants& operator+=(const Cumulants& other) {
        mean += other.mean;
        variance += other.variance;
        third += other.third;
        return *this;
    }
    friend Cumulants operator+(Cumulants a, const Cumulants& b) { return a += b; }
    friend Cumulants operator*(double count, const Cumulants& c) {
        return {count * c.mean, count * c.variance, count * c.third};
    }
    bool operator==(const Cumulants&) const = default;
};

/// Squared coefficient of variation; 0 where the mean is 0.
double scv(const Cumulants& cumulants);

/// Collects a mixture of laws: give every part twice, first to addMean(), then to addSpread(). Weights sum to 1.
class MixtureCumulants {
public:
    void addMean(double weight, double mean) { m_total.mean += weight * mean; }
    void addSpread(double weight, const Cumulants& part);
    const Cumulants& total() const { return m_total; }

private:
    Cumulants m_total;
};

/// Cumulants from raw moments E[X], E[X^2], E[X^3]; for laws that start at 0.
Cumulants fromRawMoments(double first, double second, double third);

/// The one gamma with offset >= 0 that has these cumulants (theory/networks.md 6, step 4): shape 4 k2^3 / k3^2, scale
/// k3 / (2 k2), the rest as offset; without a positive offset or third cumulant, mean and variance only. A variance of
/// 0 gives a constant.
flow::Phase shiftedGamma(const Cumulants& cumulants);

} // namespace plimsoll::distribution
