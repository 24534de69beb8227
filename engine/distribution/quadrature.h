// Gauss quadrature rules from their three-term recurrence (Golub and Welsch 1969).
#pragma once
#include <span>
#include <vector>

namespace plimsoll::distribution {

struct QuadratureNode {
    double position = 0, weight = 0; // weights sum to 1
};

/// Nodes and weights of the rule whose symmetric tridiagonal matrix has `diagonal` and `offDiagonal` (one shorter):
/// its eigenvalues, and the squared first components of its eigenvectors. Ascending.
std::vector<QuadratureNode> gaussRule(std::vector<double> diagonal, std::vector<double> offDiagonal);

/// `count` nodes for the standard normal law.
std::vector<QuadratureNode> gaussNormal(int count);
/// `count` nodes for the gamma law of this shape and scale 1.
std::vector<QuadratureNode> gaussGamma(double shape, int count);

} // namespace plimsoll::distribution
