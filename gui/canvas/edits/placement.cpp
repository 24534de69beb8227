#include "gui/canvas/edits/placement.h"

#include <algorithm>

namespace plimsoll::gui {
namespace {
constexpr double kRow = kCardHeight + kGrid; // how far apart stacked cards stand
} // namespace

QPointF freePlace(const document::Scenario& scenario, const QPointF& wanted) {
    const QPointF first = onGrid(wanted);
    // Each row tried holds at least one card where it is not free, so one more row than cards is enough.
    for (std::size_t row = 0; row <= scenario.components.size(); ++row) {
        const QPointF corner = first + QPointF(0, static_cast<double>(row) * kRow);
        const QRectF card(corner, QSizeF(kCardWidth, kCardHeight));
        const bool taken = std::any_of(scenario.components.begin(), scenario.components.end(), [&](const auto& other) {
            return !isArea(*other) && rectOf(*other).intersects(card);
        });
        if (!taken) return corner;
    }
    return first;
}

QPointF placeAfter(const document::Scenario& scenario, const document::Component& component) {
    return freePlace(scenario, rectOf(component).topRight() + QPointF(kGap, 0));
}

} // namespace plimsoll::gui
