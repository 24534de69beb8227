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
    return products / double(pairs) / (squares / double(count));
}

std::size_t total(const std::vector<std::vector<double>>& groups) {
    std::size_t count = 0;
    for (const std::vector<double>& row : groups) count += row.size();
    return count;
}

} // namespace

double halfWidth(std::span<const std::vector<BatchShare>> replications) {
    double values = 0, weights = 0;
    std::size_t longest = 0;
    for (const std::vector<BatchShare>& batches : replications) {
        longest = std::max(longest, batches.size());
        for (const BatchShare& batch : batches) {
            values += batch.value;
            weights += batch.weight;
        }
    }
    if (weights <= 0) return std::numeric_limits<double>::infinity();
    const double ratio = values / weights;
    std::vector<std::vector<double>> groups = grouped(replications, ratio, 1);
    double correlation = lagCorrelation(groups);
    for (std::size_t size = 2; correlation > kUncorrelated && size <= longest; size *= 2) {
        std::vector<std::vector<double>> wider = grouped(replications, ratio, size);
        if (total(wider) < kFewestGroups) break;
        groups = std::move(wider);
        correlation = lagCorrelation(groups);
    }
    const std::size_t count = total(groups);
    if (count < 2) return std::numeric_limits<double>::infinity();
    double squares = 0;
    for (const std::vector<double>& row : groups)
        for (const double residual : row) squares += residual * residual;
    const double rest = std::clamp(correlation, 0.0, kLargestCorrelation);
    const double variance = squares * double(count) / double(count - 1) * (1 + rest) / (1 - rest);
    const boost::math::students_t law(double(count - 1));
    return boost::math::quantile(law, 0.975) * std::sqrt(variance) / weights;
}

} // namespace plimsoll::simulate
