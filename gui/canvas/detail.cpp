#include "gui/canvas/detail.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::gui {
namespace {
constexpr std::array kBorders{0.25, 0.55, 1.5};
constexpr double kHysteresis = 0.03;
constexpr double kSameStep = 1e-3; // a zoom this near a step stands on it
} // namespace

Detail detailAt(double zoom) {
    int level = 0;
    for (const double border : kBorders) level += zoom >= border;
    return static_cast<Detail>(level);
}

Detail detailAt(double zoom, Detail previous) {
    int level = 0;
    for (int i = 0; i < static_cast<int>(kBorders.size()); ++i) {
        const bool above = static_cast<int>(previous) > i;
        level += zoom >= kBorders[static_cast<std::size_t>(i)] + (above ? -kHysteresis : kHysteresis);
    }
    return static_cast<Detail>(level);
}

double zoomStep(double zoom, int direction) {
    if (direction > 0) {
        for (const double step : kZoomSteps)
            if (step > zoom * (1 + kSameStep)) return step;
        return kZoomSteps.back();
    }
    for (auto step = kZoomSteps.rbegin(); step != kZoomSteps.rend(); ++step)
        if (*step < zoom * (1 - kSameStep)) return *step;
    return kZoomSteps.front();
}

double wheelFactor(double angleDelta) {
    return std::exp2(angleDelta / 480);
}

double clampedZoom(double zoom) {
    return std::clamp(zoom, kLeastZoom, kMostZoom);
}

} // namespace plimsoll::gui
