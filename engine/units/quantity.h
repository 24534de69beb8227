// Quantities with their unit in the type. SI throughout; no implicit conversion between them, and only the products
// that mean something.
#pragma once
#include <chrono>
#include <compare>

namespace plimsoll {

/// A length of time in seconds.
using Seconds = std::chrono::duration<double>;

/// One number of one dimension; `Tag` says which. Compared as its value.
template <class Tag> struct Quantity {
    double value = 0;
    auto operator<=>(const Quantity&) const = default;
};

/// Events a second, >= 0.
using PerSecond = Quantity<struct PerSecondTag>;
/// Bytes, >= 0.
using Bytes = Quantity<struct BytesTag>;
/// A share or a probability in [0, 1].
using Probability = Quantity<struct ProbabilityTag>;

constexpr Seconds seconds(double value) {
    return Seconds{value};
}
constexpr double toSeconds(Seconds duration) {
    return duration.count();
}
constexpr PerSecond perSecond(double value) {
    return PerSecond{value};
}
constexpr double toPerSecond(PerSecond rate) {
    return rate.value;
}

/// Offered load in erlangs: how many are busy on average (Little).
constexpr double operator*(PerSecond rate, Seconds duration) {
    return rate.value * duration.count();
}
constexpr double operator*(Seconds duration, PerSecond rate) {
    return rate * duration;
}
constexpr PerSecond operator*(PerSecond rate, Probability share) {
    return PerSecond{rate.value * share.value};
}
constexpr PerSecond operator+(PerSecond a, PerSecond b) {
    return PerSecond{a.value + b.value};
}

} // namespace plimsoll
