// A law known at points of its survival function, exponential in between (theory/networks.md 5, "Tabulated law").
#pragma once
#include "engine/distribution/cumulants.h"

#include <boost/math/interpolators/pchip.hpp>

#include <functional>
#include <span>
#include <vector>

namespace plimsoll::flow {

struct Values;
struct Points;

/// A law looked up instead of computed: the logarithm of its survival function by monotone cubics between 48 points
/// (Fritsch and Carlson 1980), the last slope kept beyond. Measured on sums of gammas: within 2e-4 of the survival.
class SurvivalCurve {
public:
    /// `survival` without jumps beyond 0; `scale` is about the mean.
    SurvivalCurve(const std::function<double(double)>& survival, double scale);
    /// P(T > t).
    double at(double t_s) const;

private:
    double m_last = 0, m_lastLogarithm = 0, m_lastSlope = 0; // set while the cubics are made
    boost::math::interpolators::pchip<std::vector<double>> m_logarithm;
};

class SurvivalTable {
public:
    /// Points of `survival` from 0 to where it is nearly nothing or, if earlier, to `end`, where it falls to 0. `scale`
    /// is about the mean. Measured with 48 points: percentiles of sums within 0.02 %.
    SurvivalTable(const std::function<double(double)>& survival, double scale, double end);

    /// E[e^{-sT}] at all points of an inversion.
    Values transformAt(const Points& s) const;

private:
    std::vector<double> m_times, m_survival;
};

/// First three cumulants of what is left of a law after a time limit, given that it is kept: by Gauss-Legendre panels
/// over the survival function from 0 to `end` (infinity: to where nothing is left), split at `breaks`, where it bends.
/// `scale` is about the mean.
distribution::Cumulants cumulantsFrom(const std::function<double(double)>& survival, double scale, double end,
                                      std::span<const double> breaks);

} // namespace plimsoll::flow
