#include "engine/distribution/quadrature.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace plimsoll::distribution {
namespace {

/// One implicit QL sweep that chases the bulge from `last` up to `first`; `vector` carries the first components.
void sweep(std::vector<double>& d, std::vector<double>& e, std::vector<double>& vector, std::size_t first,
           std::size_t last) {
    double g = (d[first + 1] - d[first]) / (2 * e[first]);
    double r = std::hypot(g, 1.0);
    g = d[last] - d[first] + e[first] / (g + std::copysign(r, g));
    double sine = 1, cosine = 1, p = 0;
    for (std::size_t i = last; i-- > first;) {
        const double f = sine * e[i], b = cosine * e[i];
        r = std::hypot(f, g);
        e[i + 1] = r;
        if (r == 0) {
            d[i + 1] -= p;
            e[last] = 0;
            return;
        }
        sine = f / r;
        cosine = g / r;
        g = d[i + 1] - p;
        r = (d[i] - g) * sine + 2 * cosine * b;
        p = sine * r;
        d[i + 1] = g + p;
        g = cosine * r - b;
        const double upper = vector[i + 1];
        vector[i + 1] = sine * vector[i] + cosine * upper;
        vector[i] = cosine * vector[i] - sine * upper;
    }
    d[first] -= p;
    e[first] = g;
    e[last] = 0;
}

} // namespace

std::vector<QuadratureNode> gaussRule(std::vector<double> diagonal, std::vector<double> offDiagonal) {
    constexpr int kSweepsPerNode = 60; // twice the bound of EISPACK's imtql2
    const std::size_t n = diagonal.size();
    std::vector<double> first(n, 0.0);
    first[0] = 1;
    offDiagonal.resize(n, 0.0);
    for (std::size_t l = 0; l < n; ++l) {
        for (int round = 0; round < kSweepsPerNode; ++round) {
            std::size_t m = l;
            while (m + 1 < n && std::abs(offDiagonal[m]) > std::numeric_limits<double>::epsilon() *
                                                               (std::abs(diagonal[m]) + std::abs(diagonal[m + 1])))
                ++m;
            if (m == l) break;
            sweep(diagonal, offDiagonal, first, l, m);
        }
    }
    std::vector<QuadratureNode> nodes(n);
    for (std::size_t i = 0; i < n; ++i) nodes[i] = {diagonal[i], first[i] * first[i]};
    std::ranges::sort(nodes, {}, &QuadratureNode::position);
    return nodes;
}

std::vector<QuadratureNode> gaussNormal(int count) {
    std::vector<double> diagonal(std::size_t(count), 0.0), offDiagonal;
    for (int i = 1; i < count; ++i) offDiagonal.push_back(std::sqrt(double(i)));
    return gaussRule(std::move(diagonal), std::move(offDiagonal));
}

std::vector<QuadratureNode> gaussGamma(double shape, int count) {
    std::vector<double> diagonal, offDiagonal;
    for (int i = 0; i < count; ++i) {
        diagonal.push_back(2 * i + shape);
        if (i > 0) offDiagonal.push_back(std::sqrt(i * (i + shape - 1)));
    }
    return gaussRule(std::move(diagonal), std::move(offDiagonal));
}

} // namespace plimsoll::distribution
