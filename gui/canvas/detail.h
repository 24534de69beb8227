// How much of a card and a link is drawn at a zoom (ux.md section 3).
#pragma once
#include <array>

namespace plimsoll::gui {

enum class Detail {
    Far,    // below 25 %: plain fills, hairlines in one item
    Block,  // 25 to 55 %: fill in the overlay's colour, icon, name, bar
    Normal, // 55 to 150 %
    Close   // from 150 %: third and fourth figure, link labels always
};

/// The level at `zoom` (1 = 100 %), coming from `previous`: a border is crossed 0.03 late, so that it does not flicker.
Detail detailAt(double zoom, Detail previous);
/// The level without a history, for pictures.
Detail detailAt(double zoom);

inline constexpr double kLeastZoom = 0.05, kMostZoom = 4;
/// What the zoom keys step through.
inline constexpr std::array kZoomSteps{0.05, 0.10, 0.15, 0.25, 0.33, 0.50, 0.67, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0};
/// The next step above (`direction` > 0) or below `zoom`; the last one stays.
double zoomStep(double zoom, int direction);
/// The factor of a turn of the wheel by `angleDelta` eighths of a degree: 2^(delta/480), so 1.19 a notch.
double wheelFactor(double angleDelta);
double clampedZoom(double zoom);

} // namespace plimsoll::gui
