#include "gui/canvas/route/link_layout.h"

#include "gui/canvas/route/fan_out.h"
#include "gui/canvas/route/link_router.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace plimsoll::gui {
namespace {

constexpr double kNarrow = 10, kWide = 14; // between ports
constexpr double kLane = 14;               // between the vertical parts of a fan

struct Side {
    std::vector<std::size_t> links; // indices
    std::vector<double> otherY;
    double width = 0;
};

double centreY(const Rects& cards, const document::Id& id) {
    return cards.at(id).top() + kPortY;
}

/// Lanes of a fan, counted from the middle of the gap to the left for those that turn first: upward links turn the
/// sooner the higher their port, downward ones the sooner the lower, so that no two of them cross.
std::vector<double> lanesOf(const std::vector<double>& ports, const std::vector<double>& otherY, double top) {
    std::vector<std::size_t> turning;
    for (std::size_t i = 0; i < ports.size(); ++i)
        if (std::abs(top + ports[i] - otherY[i]) > 0.5) turning.push_back(i);
    std::vector<double> lanes(ports.size(), 0);
    if (turning.size() < 2) return lanes;
    for (const bool up : {true, false}) {
        std::vector<std::size_t> half;
        for (const auto i : turning)
            if ((otherY[i] < top + ports[i]) == up) half.push_back(i);
        std::sort(half.begin(), half.end(),
                  [&](auto a, auto b) { return up ? ports[a] < ports[b] : ports[a] > ports[b]; });
        for (std::size_t place = 0; place < half.size(); ++place)
            lanes[half[place]] = (static_cast<double>(place) - static_cast<double>(half.size() - 1) / 2) * kLane;
    }
    return lanes;
}

} // namespace

double distanceTo(const std::vector<QPointF>& route, const QPointF& point) {
    double nearest = std::numeric_limits<double>::max();
    for (std::size_t i = 1; i < route.size(); ++i) {
        const QPointF a = route[i - 1], ab = route[i] - a;
        const double length = QPointF::dotProduct(ab, ab);
        const double along = length > 0 ? std::clamp(QPointF::dotProduct(point - a, ab) / length, 0.0, 1.0) : 0;
        const QPointF apart = point - (a + along * ab);
        nearest = std::min(nearest, std::hypot(apart.x(), apart.y()));
    }
    return nearest;
}

QRectF boundsOf(const std::vector<QPointF>& route) {
    if (route.empty()) return {};
    QRectF bounds(route.front(), route.front());
    for (const QPointF& point : route) {
        bounds.setLeft(std::min(bounds.left(), point.x()));
        bounds.setRight(std::max(bounds.right(), point.x()));
        bounds.setTop(std::min(bounds.top(), point.y()));
        bounds.setBottom(std::max(bounds.bottom(), point.y()));
    }
    return bounds;
}

std::vector<LinkLayout::Plan> LinkLayout::plan(const Rects& cards, const std::vector<Ends>& links) {
    std::map<document::Id, Side> out, in;
    std::vector<Plan> plans(links.size());
    for (std::size_t i = 0; i < links.size(); ++i) {
        const auto& [from, to] = plans[i].key = links[i].key;
        for (auto* side : {&out[from], &in[to]}) {
            side->links.push_back(i);
            side->width = std::max(side->width, links[i].width);
        }
        out[from].otherY.push_back(centreY(cards, to));
        in[to].otherY.push_back(centreY(cards, from));
    }
    m_ports.clear();
    for (const bool leaving : {true, false}) {
        for (const auto& [card, side] : leaving ? out : in) {
            const QRectF& rect = cards.at(card);
            const auto ports = fanOut(side.otherY, rect.top() + kPortY, side.width > kWideLink ? kWide : kNarrow);
            const auto lanes = lanesOf(ports, side.otherY, rect.top());
            for (std::size_t i = 0; i < ports.size(); ++i) {
                Plan& plan = plans[side.links[i]];
                const QPointF port(leaving ? rect.right() : rect.left(), rect.top() + ports[i]);
                (leaving ? plan.from : plan.to) = port;
                // Where both ends are fans, the source's lanes hold: they are what the eye follows.
                if (leaving || (out.at(plan.key.first).links.size() == 1 && ports.size() > 1))
                    plan.laneOffset = leaving ? lanes[i] : -lanes[i];
                if (leaving) plan.laneStub = std::abs(lanes[i]) / 2;
            }
            (leaving ? m_ports[card].out : m_ports[card].in) = ports;
        }
    }
    return plans;
}

bool LinkLayout::keeps(const Plan& plan, const std::vector<QRectF>& changed) const {
    const auto known = m_ways.find(plan.key);
    if (known == m_ways.end() || !known->second.exact) return false;
    const auto& points = known->second.points;
    if (points.size() < 2 || points.front() != plan.from || points.back() != plan.to) return false;
    const QRectF corridor = boundsOf(points).adjusted(-kClearance, -kClearance, kClearance, kClearance);
    return std::none_of(changed.begin(), changed.end(), [&](const QRectF& card) { return card.intersects(corridor); });
}

std::vector<QRectF> LinkLayout::changedSince(const Rects& cards, const std::set<document::Id>& dragged) const {
    std::vector<QRectF> changed;
    for (const auto& [id, rect] : cards) {
        if (dragged.contains(id)) continue;
        const auto before = m_settled.find(id);
        if (before == m_settled.end() || before->second != rect) changed.push_back(rect);
        if (before != m_settled.end() && before->second != rect) changed.push_back(before->second);
    }
    for (const auto& [id, rect] : m_settled)
        if (!cards.contains(id)) changed.push_back(rect);
    return changed;
}

std::set<LinkKey> LinkLayout::update(const Rects& cards, const std::vector<Ends>& links,
                                     const std::set<document::Id>& dragged, std::chrono::microseconds budget) {
    const auto changed = changedSince(cards, dragged);
    if (dragged.empty()) m_settled = cards;
    std::vector<QRectF> all, resting;
    for (const auto& [id, rect] : cards) {
        all.push_back(rect);
        if (!dragged.contains(id)) resting.push_back(rect);
    }
    const Obstacles everything(std::move(all)), rest(std::move(resting));

    const auto started = std::chrono::steady_clock::now();
    std::map<LinkKey, Way> ways;
    std::set<LinkKey> moved;
    for (const Plan& plan : plan(cards, links)) {
        if (keeps(plan, changed)) {
            ways[plan.key] = std::move(m_ways[plan.key]);
            continue;
        }
        const bool inTime =
            budget == std::chrono::microseconds::max() || std::chrono::steady_clock::now() - started < budget;
        const bool ownDrag = dragged.contains(plan.key.first) || dragged.contains(plan.key.second);
        const Lane lane{plan.laneOffset, plan.laneStub};
        Way way{inTime ? routeLink(plan.from, plan.to, ownDrag ? everything : rest, lane)
                       : straightRoute(plan.from, plan.to),
                inTime};
        const auto before = m_ways.find(plan.key);
        if (before == m_ways.end() || before->second.points != way.points) moved.insert(plan.key);
        ways[plan.key] = std::move(way);
    }
    m_ways = std::move(ways);
    return moved;
}

const std::vector<QPointF>& LinkLayout::route(const LinkKey& key) const {
    static const std::vector<QPointF> none;
    const auto way = m_ways.find(key);
    return way == m_ways.end() ? none : way->second.points;
}

const Ports& LinkLayout::ports(const document::Id& card) const {
    static const Ports none;
    const auto ports = m_ports.find(card);
    return ports == m_ports.end() ? none : ports->second;
}

} // namespace plimsoll::gui
