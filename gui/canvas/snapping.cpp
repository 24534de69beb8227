#include "gui/canvas/snapping.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace plimsoll::gui {
namespace {

/// A rectangle seen along one axis.
struct Span {
    double low, high;           // along the axis
    double crossLow, crossHigh; // across it
};

struct Found {
    double shift = 0, distance = 0, at = 0, from = 0, to = 0, gap = 0;
};

void take(std::optional<Found>& best, const Found& found) {
    if (!best || found.distance < best->distance - 1e-9) best = found;
}

/// Edges and centres (a card's ports stand level with its centre).
void alignEdges(const Span& moving, const Span& other, double reach, std::optional<Found>& best) {
    const std::array mine{moving.low, (moving.low + moving.high) / 2, moving.high};
    const std::array theirs{other.low, (other.low + other.high) / 2, other.high};
    for (std::size_t i = 0; i < mine.size(); ++i) {
        const double shift = theirs[i] - mine[i];
        if (std::abs(shift) > reach) continue;
        take(best, {shift, std::abs(shift), theirs[i], std::min(moving.crossLow, other.crossLow),
                    std::max(moving.crossHigh, other.crossHigh), 0});
    }
}

/// The gap to the nearest neighbour in the same row equals the gap beyond it.
void equalGaps(const Span& moving, const std::vector<Span>& others, double reach, std::optional<Found>& best) {
    std::vector<Span> row;
    for (const Span& other : others)
        if (other.crossLow < moving.crossHigh && other.crossHigh > moving.crossLow) row.push_back(other);
    std::sort(row.begin(), row.end(), [](const Span& a, const Span& b) { return a.low < b.low; });
    for (std::size_t i = 1; i < row.size(); ++i) {
        const double gap = row[i].low - row[i - 1].high;
        if (gap <= 0) continue;
        const double middle = (moving.crossLow + moving.crossHigh) / 2;
        for (const double shift : {row[i].high + gap - moving.low, row[i - 1].low - gap - moving.high})
            if (std::abs(shift) <= reach)
                take(best, {shift, std::abs(shift), middle, moving.low + shift, moving.high + shift, gap});
    }
}

std::optional<Found> along(const Span& moving, const std::vector<Span>& others, double reach) {
    std::optional<Found> best;
    for (const Span& other : others) alignEdges(moving, other, reach, best);
    equalGaps(moving, others, reach, best);
    return best;
}

Span horizontal(const QRectF& rect) {
    return {rect.left(), rect.right(), rect.top(), rect.bottom()};
}
Span vertical(const QRectF& rect) {
    return {rect.top(), rect.bottom(), rect.left(), rect.right()};
}

double toGrid(double value) {
    return std::round(value / kGrid) * kGrid - value;
}

Guide guideOf(const Found& found, Qt::Orientation axis) {
    // Aligned things stand on a line across the axis of the shift; equal gaps are shown along it.
    const bool alongAxis = found.gap > 0;
    const Qt::Orientation across = axis == Qt::Horizontal ? Qt::Vertical : Qt::Horizontal;
    return {alongAxis ? axis : across, found.at, found.from, found.to, found.gap};
}

} // namespace

Snapped snap(const QRectF& moving, const std::vector<QRectF>& neighbours, double reach) {
    std::vector<Span> rows, columns;
    for (const QRectF& neighbour : neighbours) {
        rows.push_back(horizontal(neighbour));
        columns.push_back(vertical(neighbour));
    }
    Snapped snapped;
    const auto x = along(horizontal(moving), rows, reach), y = along(vertical(moving), columns, reach);
    snapped.shift = {x ? x->shift : toGrid(moving.left()), y ? y->shift : toGrid(moving.top())};
    if (x) snapped.vertical = guideOf(*x, Qt::Horizontal);
    if (y) snapped.horizontal = guideOf(*y, Qt::Vertical);
    return snapped;
}

} // namespace plimsoll::gui
