#include "engine/queueing/batch.h"

#include "engine/distribution/residual.h"
#include "engine/distribution/small_arguments.h"
#include "engine/queueing/mg1.h"

#include <array>
#include <cmath>

namespace plimsoll::queueing {
namespace {

using Complex = std::complex<double>;

/// Factorial moments E[X (X - 1) ... (X - k + 1)], k = 1 .. 4.
std::array<double, 4> factorialMoments(const BatchSize& size) {
    std::array<double, 4> moments{};
    double moment = 1;
    for (std::size_t k = 0; k < moments.size(); ++k) {
        // Geometric on 1, 2, ...: k! q^(k - 1) / p^k with p = 1 / mean.
        if (size.law == BatchLaw::Constant)
            moment *= std::max(0.0, size.mean - double(k));
        else
            moment *= double(k + 1) * (k == 0 ? size.mean : size.mean - 1);
        moments[k] = moment;
    }
    return moments;
}

/// Raw moments of a sum of services, their number by its factorial moments.
ServiceMoments sumMoments(const std::array<double, 4>& x, const ServiceMoments& s) {
    return {x[0] * s.first, x[0] * s.second + x[1] * s.first * s.first,
            x[0] * s.third + 3 * x[1] * s.second * s.first + x[2] * s.first * s.first * s.first,
            x[0] * s.fourth + x[1] * (4 * s.third * s.first + 3 * s.second * s.second) +
                6 * x[2] * s.second * s.first * s.first + x[3] * std::pow(s.first, 4)};
}

/// 1 - E[z^X] at z = 1 - gap.
Complex batchComplement(const BatchSize& size, Complex gap) {
    if (size.law == BatchLaw::Constant) return distribution::oneMinusExp(-size.mean * distribution::logOnePlus(-gap));
    return size.mean * gap / (1.0 + (size.mean - 1) * gap);
}

} // namespace

double batchArrivalScv(const BatchSize& size) {
    return size.law == BatchLaw::Constant ? size.mean : 2 * size.mean - 1;
}

WaitTransform batchWait(double batchRate_per_s, const BatchSize& size, const distribution::Distribution& service) {
    const ServiceMoments one = serviceMoments(service);
    const std::array<double, 4> members = factorialMoments(size);
    const WaitTransform ofBatch = mg1Transform(batchRate_per_s, sumMoments(members, one), [size, service](Complex s) {
        return batchComplement(size, distribution::complement(service, s));
    });
    // Members before one taken at random: factorial moments E[X ... (X - k)] / ((k + 1) E[X]).
    std::array<double, 4> before{};
    for (std::size_t k = 0; k + 1 < members.size(); ++k) before[k] = members[k + 1] / double(k + 2) / members[0];
    const ServiceMoments ahead = sumMoments(before, one);
    const double idle = 1 - ofBatch.wait.probability, waits = 1 - idle / size.mean;
    const auto conditional = [ofBatch, size, service, idle, waits](Complex s) {
        const Complex queue = idle + (1 - idle) * ofBatch.conditional(s);
        const Complex gap = distribution::complement(service, s);
        return (queue * batchComplement(size, gap) / (size.mean * gap) - (1 - waits)) / waits;
    };
    const Wait wait{
        waits, ofBatch.wait.cumulants + distribution::fromRawMoments(ahead.first, ahead.second, ahead.third), true};
    return {wait, conditional};
}

} // namespace plimsoll::queueing
