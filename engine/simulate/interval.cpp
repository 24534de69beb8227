#include "engine/simulate/interval.h"

#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace plimsoll::simulate {

namespace {

constexpr std::size_t kFewestGroups = 10;
constexpr double kUncorrelated = 0.1; // lag-1 correlation that is taken for none
constexpr double kLargestCorrelation = 0.9;

/// Residuals of groups of `size` neighbouring batches; what is left over at the end joins the last group.
std::vector<std::vector<double>> grouped(std::span<const std::vector<BatchShare>> replications, double ratio,
                                         std::size_t size) {
    std::vector<std::vector<double>> result;
    for (const std::vector<BatchShare>& batches : replications) {
        std::vector<double>& groups = result.emplace_back();
        const std::size_t count = batches.size() / size;
        groups.resize(std::max<std::size_t>(count, batches.empty() ? 0 : 1));
        for (std::size_t i = 0; i < batches.size(); ++i)
            groups[std::min(i / size, groups.size() - 1)] += batches[i].value - ratio * batches[i].weight;
    }
    return result;
}

/// Of neighbouring groups, at least 0. Residuals from the mean of n values seem to be correlated by -1/n where they are
/// not, and by (1 + 3 r) / n less than r where they are.
double lagCorrelation(const std::vector<std::vector<double>>& groups) {
    double products = 0, squares = 0;
    std::size_t pairs = 0, count = 0;
    for (const std::vector<double>& row : groups)
        for (std::size_t i = 0; i < row.size(); ++i) {
            squares += row[i] * row[i];
            ++count;
            if (i == 0) continue;
            products += row[i] * row[i - 1];
            ++pairs;
        }
    if (pairs == 0 || squares == 0) return 0;
    const double seen = products / double(pairs) / (squares / double(count));
    return std::max(0.0, seen + (1 + 3 * std::max(seen, 0.0)) / double(count));
}

std::size_t total(const std::vector<std::vector<double>>& groups) {
    std::size_t count = 0;
    for (const std::vector<double>& row : groups) count += row.size();
    return count;
}

/// Groups of neighbouring batches, as short as they may be without being correlated, and what correlation is left.
struct Groups {
    std::vector<std::vector<double>> residuals;
    double correlation = 0;
};

Groups uncorrelated(std::span<const std::vector<BatchShare>> replications, double ratio) {
    std::size_t longest = 0;
    for (const std::vector<BatchShare>& batches : replications) longest = std::max(longest, batches.size());
    Groups groups{grouped(replications, ratio, 1)};
    groups.correlation = lagCorrelation(groups.residuals);
    for (std::size_t size = 2; groups.correlation > kUncorrelated && size <= longest; size *= 2) {
        std::vector<std::vector<double>> wider = grouped(replications, ratio, size);
        if (total(wider) < kFewestGroups) break;
        groups.residuals = std::move(wider);
        groups.correlation = lagCorrelation(groups.residuals);
    }
    return groups;
}

/// What skewness adds to a margin of t standard errors, in standard errors: (1 + 2 t^2) skewness / (6 sqrt(n)).
double skewed(double squares, double cubes, double count, double t) {
    if (count < 3 || squares <= 0) return 0;
    const double variance = squares / count;
    const double skewness =
        cubes / count / (variance * std::sqrt(variance)) * std::sqrt(count * (count - 1)) / (count - 2);
    return (1 + 2 * t * t) * skewness / (6 * std::sqrt(count));
}

} // namespace

Margins margins(std::span<const std::vector<BatchShare>> replications) {
    constexpr double kNone = std::numeric_limits<double>::infinity();
    double values = 0, weights = 0;
    for (const std::vector<BatchShare>& batches : replications)
        for (const BatchShare& batch : batches) {
            values += batch.value;
            weights += batch.weight;
        }
    if (weights <= 0) return {kNone, kNone};
    const Groups groups = uncorrelated(replications, values / weights);
    const double count = double(total(groups.residuals));
    if (count < 2) return {kNone, kNone};
    double squares = 0, cubes = 0;
    for (const std::vector<double>& row : groups.residuals)
        for (const double residual : row) {
            squares += residual * residual;
            cubes += residual * residual * residual;
        }
    const double rest = std::min(groups.correlation, kLargestCorrelation);
    const double error = std::sqrt(squares * count / (count - 1) * (1 + rest) / (1 - rest)) / weights;
    const double t = boost::math::quantile(boost::math::students_t(count - 1), 0.975);
    const double more = skewed(squares, cubes, count, t);
    return {error * (t + std::max(0.0, -more)), error * (t + std::max(0.0, more))};
}

} // namespace plimsoll::simulate
