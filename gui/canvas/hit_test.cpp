#include "gui/canvas/hit_test.h"

#include "gui/canvas/items/card_item.h"
#include "gui/canvas/paint/card_marks.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::gui {
namespace {

constexpr double kLargestPort = 20;              // scene: a port's hit circle never takes most of a card
constexpr double kBorderReach = 6;               // dpx, of an area's border
constexpr double kCornerReach = 16;              // dpx, of an area's corner
constexpr double kEndReach = 40;                 // dpx, of a link's end, along the link
constexpr double kNameTop = 8, kNameBottom = 30; // of a card's first line

bool near(const QPointF& a, const QPointF& b, double reach) {
    return std::hypot(a.x() - b.x(), a.y() - b.y()) <= reach;
}

Hit::Kind partOf(const CanvasScene& scene, const document::Id& id, const QPointF& at) {
    const auto& look = scene.look();
    const double port = std::min(kPortHitRadius / look.zoom, kLargestPort);
    if (look.detail >= Detail::Block) {
        if (near(at, {kCardWidth, kPortY}, port)) return Hit::Kind::OutPort;
        if (near(at, {0, kPortY}, port)) return Hit::Kind::InPort;
        for (const double y : scene.layout().ports(id).out)
            if (near(at, {kCardWidth, y}, port / 2)) return Hit::Kind::OutPort;
    }
    if (look.detail >= Detail::Normal) {
        const CardItem& card = *scene.card(id);
        const auto& badge = card.figure().badge;
        if (badge.count > 0 && badgeRect(badge, card.look()).contains(at)) return Hit::Kind::Badge;
        if (at.x() >= 48 && at.x() <= kCardWidth - kLargestPort && at.y() >= kNameTop && at.y() <= kNameBottom)
            return Hit::Kind::Name;
    }
    return Hit::Kind::Card;
}

Hit hitCard(const CanvasScene& scene, const QPointF& point) {
    const auto* scenario = scene.scenario();
    const double reach = std::min(kPortHitRadius / scene.look().zoom, kLargestPort);
    for (auto each = scenario->components.rbegin(); each != scenario->components.rend(); ++each) {
        const auto& id = (*each)->id;
        const auto* card = scene.card(id);
        if (!card) continue;
        const QRectF& rect = scene.rects().at(id);
        if (!rect.adjusted(-reach, -reach, reach, reach).contains(point)) continue;
        const auto kind = partOf(scene, id, point - rect.topLeft());
        if (rect.contains(point) || kind != Hit::Kind::Card) return {kind, id, {}};
    }
    return {};
}

Hit hitLink(const CanvasScene& scene, const QPointF& point) {
    const double d = 1 / scene.look().zoom;
    const LinkKey key = linkAt(scene, point, kLinkCorridor / 2 * d);
    if (key.first.empty()) return {};
    const auto& route = scene.layout().route(key);
    if (near(point, route.back(), kEndReach * d)) return {Hit::Kind::LinkEnd, {}, key};
    if (near(point, route.front(), kEndReach * d)) return {Hit::Kind::LinkStart, {}, key};
    return {Hit::Kind::Link, {}, key};
}

Hit hitArea(const CanvasScene& scene, const QPointF& point) {
    const auto* scenario = scene.scenario();
    const double d = 1 / scene.look().zoom, border = kBorderReach * d, corner = kCornerReach * d;
    for (auto each = scenario->components.rbegin(); each != scenario->components.rend(); ++each) {
        if (!isArea(**each)) continue;
        const QRectF& rect = scene.rects().at((*each)->id);
        if (!rect.adjusted(-border, -border, border, border).contains(point)) continue;
        if (near(point, rect.bottomRight(), corner)) return {Hit::Kind::AreaCorner, (*each)->id, {}};
        const bool header = point.y() <= rect.top() + kAreaHeader;
        if (header || !rect.adjusted(border, border, -border, -border).contains(point))
            return {Hit::Kind::Area, (*each)->id, {}};
    }
    return {};
}

} // namespace

LinkKey linkAt(const CanvasScene& scene, const QPointF& point, double reach) {
    LinkKey nearest;
    double distance = reach;
    for (const auto& link : scene.scenario()->links) {
        const auto& route = scene.layout().route({link->from, link->to});
        if (route.empty() || !boundsOf(route).adjusted(-reach, -reach, reach, reach).contains(point)) continue;
        const double here = distanceTo(route, point);
        if (here > distance) continue;
        distance = here;
        nearest = {link->from, link->to};
    }
    return nearest;
}

document::Id cardAt(const CanvasScene& scene, const QPointF& point) {
    for (const auto& id : componentsAt(scene, point))
        if (scene.card(id)) return id;
    return {};
}

std::vector<document::Id> componentsAt(const CanvasScene& scene, const QPointF& point) {
    std::vector<document::Id> cards, areas;
    const auto* scenario = scene.scenario();
    if (!scenario) return {};
    for (auto each = scenario->components.rbegin(); each != scenario->components.rend(); ++each)
        if (scene.rects().at((*each)->id).contains(point)) (isArea(**each) ? areas : cards).push_back((*each)->id);
    cards.insert(cards.end(), areas.begin(), areas.end());
    return cards;
}

Hit hitAt(const CanvasScene& scene, const QPointF& point) {
    if (!scene.scenario()) return {};
    const auto& selected = scene.look().selection->links;
    // The ends of the selected link lie on ports: there they come first, so that a link can be taken by its end.
    if (selected.size() == 1)
        if (const Hit hit = hitLink(scene, point);
            hit.link == *selected.begin() && (hit.kind == Hit::Kind::LinkEnd || hit.kind == Hit::Kind::LinkStart))
            return hit;
    if (const Hit hit = hitCard(scene, point); hit.kind != Hit::Kind::Nothing) return hit;
    if (const Hit hit = hitLink(scene, point); hit.kind != Hit::Kind::Nothing) return hit;
    return hitArea(scene, point);
}

} // namespace plimsoll::gui
