// Distances and what they cost.
#pragma once
#include "engine/units/quantity.h"

namespace plimsoll::lower {

/// A place on the earth.
struct Position {
    double latitude_deg = 0, longitude_deg = 0;
};

/// Along the great circle (haversine), on a sphere of radius 6,371 km.
double distance_m(const Position& a, const Position& b);

/// 2 x distance x stretch / 200,000 km/s, the speed of light in fibre; `stretch` >= 1 is how much longer the real path
/// is.
Seconds roundTrip(const Position& a, const Position& b, double stretch);

} // namespace plimsoll::lower
