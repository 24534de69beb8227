// Quantiles and curves from survival functions.
#pragma once
#include "engine/queueing/mgc.h"
#include "engine/solve/path_terms.h"
#include "engine/solve/solution.h"

namespace plimsoll::flow {

/// The survival function of a mixture of branches at points ln(t - start), `start` the smallest constant: from where it
/// begins to fall to below the last of kLevels, and on both sides of every branch's constant.
class PathCurve {
public:
    /// `total` are the cumulants of the whole; `branches` have to outlive the curve.
    PathCurve(const std::vector<PathLaw>& branches, const distribution::Cumulants& total);

    /// To 1e-9 of the time above the smallest constant; the points on the way make the curve finer.
    double quantile(double level);
    /// 200 points of the distribution function, rising, up to just past the last quantile: geometric in the time above
    /// the smallest constant, by monotone cubics between the points.
    void draw(std::vector<std::pair<Seconds, Probability>>& cdf) const;

private:
    struct Point {
        double x = 0, logTail = 0;
    };
    double logTail(double x) const;
    void add(double x);
    void settle();

    const std::vector<PathLaw>& m_branches;
    double m_start = 0, m_atStart = 1;
    std::vector<Point> m_points;
};

/// Quantiles of a wait: an atom at 0 and a gamma.
void writeWaitQuantiles(const queueing::Wait& wait, std::array<Seconds, kLevels.size()>& quantile);

} // namespace plimsoll::flow
