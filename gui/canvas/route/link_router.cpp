#include "gui/canvas/route/link_router.h"

#include "gui/canvas/geometry.h"
#include "gui/canvas/route/grid_search.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace plimsoll::gui {
namespace {

constexpr double kLevel = 0.5;                                // ends closer in height than this are level
constexpr std::array kClearances{kClearance, 10.0, 4.0, 0.5}; // what is tried in turn where cards stand close
constexpr double kSurroundings = 240;                         // how far a detour looks for cards at first
constexpr std::size_t kMostCards = 40; // of which the nearest so many give the lines of the search

/// Takes out the points that lie between their neighbours on one line.
std::vector<QPointF> cornersOnly(const std::vector<QPointF>& points) {
    std::vector<QPointF> corners;
    for (const QPointF& point : points) {
        if (!corners.empty() && QPointF(corners.back() - point).manhattanLength() < 1e-6) continue;
        while (corners.size() >= 2) {
            const QPointF a = corners[corners.size() - 2], b = corners.back();
            const bool onLine = (std::abs(a.x() - b.x()) < 1e-6 && std::abs(b.x() - point.x()) < 1e-6) ||
                                (std::abs(a.y() - b.y()) < 1e-6 && std::abs(b.y() - point.y()) < 1e-6);
            if (!onLine) break;
            corners.pop_back();
        }
        corners.push_back(point);
    }
    return corners;
}

/// One vertical part between the two ends: two bends. Tries the lane first, then the lines beside the cards between.
std::vector<QPointF> withOneVertical(const QPointF& from, const QPointF& to, const QPointF& out, const QPointF& in,
                                     const Obstacles& obstacles, double clearance, double lane) {
    if (out.x() > in.x()) return {};
    const double preferred = std::clamp((from.x() + to.x()) / 2 + lane, out.x(), in.x());
    std::vector<double> candidates{preferred, out.x(), in.x()};
    const QRectF corridor = QRectF(out, in).normalized();
    for (const QRectF& card : obstacles.within(corridor.adjusted(-clearance, -clearance, clearance, clearance)))
        for (const double x : {card.left() - clearance, card.right() + clearance})
            if (x >= out.x() && x <= in.x()) candidates.push_back(x);
    std::stable_sort(candidates.begin(), candidates.end(),
                     [&](double a, double b) { return std::abs(a - preferred) < std::abs(b - preferred); });
    for (const double x : candidates) {
        const QPointF first(x, from.y()), second(x, to.y());
        if (!obstacles.blocks(out, first, clearance) && !obstacles.blocks(first, second, clearance) &&
            !obstacles.blocks(second, in, clearance))
            return {from, first, second, to};
    }
    return {};
}

std::vector<QPointF> around(const QPointF& from, const QPointF& to, const QPointF& out, const QPointF& in,
                            const Obstacles& obstacles, double clearance) {
    const QRectF between = QRectF(out, in).normalized();
    auto cards = obstacles.within(between.adjusted(-kSurroundings, -kSurroundings, kSurroundings, kSurroundings));
    if (cards.size() > kMostCards) {
        const QPointF centre = between.center();
        std::nth_element(cards.begin(), cards.begin() + kMostCards, cards.end(), [&](const QRectF& a, const QRectF& b) {
            return QPointF(a.center() - centre).manhattanLength() < QPointF(b.center() - centre).manhattanLength();
        });
        cards.resize(kMostCards);
    }
    std::vector<double> xs{out.x(), in.x(), (out.x() + in.x()) / 2}, ys{out.y(), in.y(), (out.y() + in.y()) / 2};
    for (const QRectF& card : cards) {
        xs.insert(xs.end(), {card.left() - clearance, card.right() + clearance});
        ys.insert(ys.end(), {card.top() - clearance, card.bottom() + clearance});
    }
    auto way = searchGrid(out, in, std::move(xs), std::move(ys), obstacles, clearance);
    if (way.empty()) return {};
    way.insert(way.begin(), from);
    way.push_back(to);
    return way;
}

} // namespace

std::vector<QPointF> straightRoute(const QPointF& from, const QPointF& to) {
    const double x = (from.x() + to.x()) / 2;
    return cornersOnly({from, {x, from.y()}, {x, to.y()}, to});
}

std::vector<QPointF> routeLink(const QPointF& from, const QPointF& to, const Obstacles& obstacles, Lane lane) {
    if (std::abs(from.y() - to.y()) < kLevel && from.x() < to.x()) {
        // The ends stand on their own cards: only what lies between is asked.
        const double margin = std::min(kClearance + 1, (to.x() - from.x()) / 2);
        if (!obstacles.blocks(from + QPointF(margin, 0), to - QPointF(margin, 0), std::min(kClearance, margin - 0.5)))
            return {from, to};
    }
    for (const double clearance : kClearances) {
        const QPointF out = from + QPointF(clearance, 0), in = to - QPointF(clearance, 0);
        if (auto way = withOneVertical(from, to, out, in, obstacles, clearance, lane.offset); !way.empty())
            return cornersOnly(way);
        if (auto way = around(from, to, out + QPointF(lane.stub, 0), in, obstacles, clearance); !way.empty())
            return cornersOnly(way);
        if (lane.stub > 0)
            if (auto way = around(from, to, out, in, obstacles, clearance); !way.empty()) return cornersOnly(way);
    }
    return straightRoute(from, to);
}

} // namespace plimsoll::gui
