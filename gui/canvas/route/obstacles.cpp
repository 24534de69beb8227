#include "gui/canvas/route/obstacles.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::gui {
namespace {

constexpr double kBucket = 400; // two cards wide: few buckets a segment, few cards a bucket
constexpr double kTouch = 0.5;  // a link may run along the border of the cleared zone

std::int64_t bucketKey(std::int64_t column, std::int64_t row) {
    return column * 4'000'037 + row; // rows of the scene number less than that
}

} // namespace

template <class Visit> void Obstacles::visit(const QRectF& area, Visit&& each) const {
    const auto first = [](double value) { return static_cast<std::int64_t>(std::floor(value / kBucket)); };
    for (auto column = first(area.left()); column <= first(area.right()); ++column)
        for (auto row = first(area.top()); row <= first(area.bottom()); ++row) {
            const auto bucket = m_buckets.find(bucketKey(column, row));
            if (bucket == m_buckets.end()) continue;
            for (const int index : bucket->second)
                if (!each(index)) return;
        }
}

Obstacles::Obstacles(std::vector<QRectF> cards) : m_cards(std::move(cards)) {
    for (int index = 0; index < static_cast<int>(m_cards.size()); ++index) {
        const QRectF& card = m_cards[static_cast<std::size_t>(index)];
        const auto first = [](double value) { return static_cast<std::int64_t>(std::floor(value / kBucket)); };
        for (auto column = first(card.left()); column <= first(card.right()); ++column)
            for (auto row = first(card.top()); row <= first(card.bottom()); ++row)
                m_buckets[bucketKey(column, row)].push_back(index);
    }
}

bool Obstacles::blocks(const QPointF& a, const QPointF& b, double clearance) const {
    const QRectF segment(QPointF(std::min(a.x(), b.x()), std::min(a.y(), b.y())),
                         QPointF(std::max(a.x(), b.x()), std::max(a.y(), b.y())));
    const double reach = clearance - kTouch;
    bool blocked = false;
    visit(segment.adjusted(-clearance, -clearance, clearance, clearance), [&](int index) {
        const QRectF zone = m_cards[static_cast<std::size_t>(index)].adjusted(-reach, -reach, reach, reach);
        blocked = segment.left() < zone.right() && segment.right() > zone.left() && segment.top() < zone.bottom() &&
                  segment.bottom() > zone.top();
        return !blocked;
    });
    return blocked;
}

std::vector<QRectF> Obstacles::within(const QRectF& area) const {
    std::vector<int> found;
    visit(area, [&](int index) {
        const QRectF& card = m_cards[static_cast<std::size_t>(index)];
        if (card.left() <= area.right() && card.right() >= area.left() && card.top() <= area.bottom() &&
            card.bottom() >= area.top())
            found.push_back(index);
        return true;
    });
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    std::vector<QRectF> cards;
    cards.reserve(found.size());
    for (const int index : found) cards.push_back(m_cards[static_cast<std::size_t>(index)]);
    return cards;
}

} // namespace plimsoll::gui
