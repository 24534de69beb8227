#include "engine/solve/acceleration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace plimsoll::flow {
namespace {

constexpr std::size_t kMostSteps = 5;
constexpr int kPatience = 6; // rounds without a smaller residual until only the middle is taken
constexpr int kPause = 8;    // rounds in which only the middle is taken; at the next time a quarter of the way ...
constexpr int kMostPauses = 4;
constexpr double kFarthest = 100; // times the plain step
constexpr double kRidge = 1e-10;  // of the largest diagonal element: steps that are nearly the same

using Weights = std::array<double, kMostSteps>;

double dot(const std::vector<double>& a, const std::vector<double>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}

/// Cholesky on the `n` normal equations; zeros where they are singular.
Weights solveNormal(std::array<Weights, kMostSteps>& matrix, Weights right, std::size_t n) {
    double largest = 0;
    for (std::size_t i = 0; i < n; ++i) largest = std::max(largest, matrix[i][i]);
    for (std::size_t i = 0; i < n; ++i) {
        matrix[i][i] += kRidge * largest;
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = matrix[i][j];
            for (std::size_t k = 0; k < j; ++k) sum -= matrix[i][k] * matrix[j][k];
            if (i == j && !(sum > 0)) return {};
            matrix[i][j] = i == j ? std::sqrt(sum) : sum / matrix[j][j];
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < i; ++k) right[i] -= matrix[i][k] * right[k];
        right[i] /= matrix[i][i];
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t k = i + 1; k < n; ++k) right[i] -= matrix[k][i] * right[k];
        right[i] /= matrix[i][i];
    }
    return right;
}

} // namespace

void Acceleration::forget() {
    m_image.clear();
    m_steps.clear();
    m_best = std::numeric_limits<double>::infinity();
    m_worse = 0;
}

void Acceleration::mix(std::span<const double> x, std::span<double> next) {
    std::vector<double> image(next.begin(), next.end()), residual(x.size());
    double size = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        residual[i] = (image[i] - x[i]) / std::max(1.0, std::abs(image[i]));
        size = std::max(size, std::abs(residual[i]));
    }
    if (m_image.empty()) forget();
    if (m_worse <= kPatience && size < m_best) {
        m_best = size;
        m_worse = 0;
    } else {
        ++m_worse;
    }
    if (!m_image.empty()) {
        Step step{image, residual};
        for (std::size_t i = 0; i < x.size(); ++i) {
            step.image[i] -= m_image[i];
            step.residual[i] -= m_residual[i];
        }
        m_steps.push_back(std::move(step));
        if (m_steps.size() > kMostSteps) m_steps.pop_front();
    }
    m_image = image;
    m_residual = residual;
    if (m_steps.empty() || m_worse > kPatience) {
        const double step = std::ldexp(1.0, -1 - m_pauses);
        for (std::size_t i = 0; i < x.size(); ++i) next[i] = x[i] + step * (image[i] - x[i]);
        if (m_worse < kPatience + kPause) return;
        forget();
        m_pauses = std::min(m_pauses + 1, kMostPauses);
        return;
    }
    std::array<Weights, kMostSteps> matrix{};
    Weights right{};
    const std::size_t n = m_steps.size();
    for (std::size_t a = 0; a < n; ++a) {
        for (std::size_t b = 0; b <= a; ++b) matrix[a][b] = dot(m_steps[a].residual, m_steps[b].residual);
        right[a] = dot(m_steps[a].residual, residual);
    }
    const Weights weight = solveNormal(matrix, right, n);
    double farthest = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        for (std::size_t a = 0; a < n; ++a) next[i] -= weight[a] * m_steps[a].image[i];
        farthest = std::max(farthest, std::abs(next[i] - x[i]) / std::max(1.0, std::abs(image[i])));
    }
    const double kept = farthest > kFarthest * size ? kFarthest * size / farthest : 1;
    for (std::size_t i = 0; i < x.size(); ++i) {
        next[i] = std::max(0.0, x[i] + kept * (next[i] - x[i]));
        if (x[i] <= 1 && image[i] <= 1) next[i] = std::min(1.0, next[i]);
    }
}

} // namespace plimsoll::flow
