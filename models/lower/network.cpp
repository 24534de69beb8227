#include "models/lower/network.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace plimsoll::lower {
namespace {

constexpr double kEarthRadius_m = 6.371e6;
constexpr double kFibreSpeed_m_per_s = 2e8;

double radians(double degrees) {
    return degrees * std::numbers::pi / 180;
}

/// sin^2(x / 2)
double haversine(double x) {
    const double half = std::sin(x / 2);
    return half * half;
}

} // namespace

double distance_m(const Position& a, const Position& b) {
    const double h = haversine(radians(b.latitude_deg - a.latitude_deg)) +
                     std::cos(radians(a.latitude_deg)) * std::cos(radians(b.latitude_deg)) *
                         haversine(radians(b.longitude_deg - a.longitude_deg));
    return 2 * kEarthRadius_m * std::asin(std::sqrt(std::min(1.0, h)));
}

Seconds roundTrip(const Position& a, const Position& b, double stretch) {
    return seconds(2 * distance_m(a, b) * stretch / kFibreSpeed_m_per_s);
}

} // namespace plimsoll::lower
