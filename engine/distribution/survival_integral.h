// Means of laws that are known by their survival function alone.
#pragma once
#include <functional>

namespace plimsoll::distribution {

/// Integral of P(X > t) over t from `from` to `to` (infinity: to the end). From 0 it is E[min(X, to)]. To 1e-9 where
/// the function is smooth beyond `from`; `size` is any time of the law's size. Gauss's rule on octaves of the time
/// since `from`, each of which holds one scale of the law.
double survivalIntegral(const std::function<double(double)>& survival, double from_s, double to_s, double size_s);

} // namespace plimsoll::distribution
