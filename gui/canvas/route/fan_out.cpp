#include "gui/canvas/route/fan_out.h"

#include "gui/canvas/geometry.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace plimsoll::gui {
namespace {
constexpr double kReach = 28; // ports stay between y 12 and 68 of 80
constexpr double kLevel = 0.5;
} // namespace

std::vector<double> fanOut(std::span<const double> otherY, double ownY, double spacing) {
    const int count = static_cast<int>(otherY.size());
    std::vector<int> order(otherY.size());
    std::iota(order.begin(), order.end(), 0);
    const auto yOf = [&](int index) { return otherY[static_cast<std::size_t>(index)]; };
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return yOf(a) < yOf(b); });
    const auto level =
        std::find_if(order.begin(), order.end(), [&](int i) { return std::abs(yOf(i) - ownY) < kLevel; });
    const double middle =
        level == order.end() ? (count - 1) / 2.0 : static_cast<double>(std::distance(order.begin(), level));
    const double above = middle > 0 ? std::min(spacing, kReach / middle) : spacing;
    const double below = middle < count - 1 ? std::min(spacing, kReach / (count - 1 - middle)) : spacing;
    std::vector<double> ports(otherY.size());
    for (int place = 0; place < count; ++place) {
        const double steps = place - middle;
        ports[static_cast<std::size_t>(order[static_cast<std::size_t>(place)])] =
            kPortY + steps * (steps < 0 ? above : below);
    }
    return ports;
}

} // namespace plimsoll::gui
