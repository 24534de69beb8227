// The cards that links go around, in buckets so that a segment asks only those near it.
#pragma once
#include <QPointF>
#include <QRectF>

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace plimsoll::gui {

class Obstacles {
public:
    explicit Obstacles(std::vector<QRectF> cards);
    /// Whether the horizontal or vertical segment from a to b passes a card closer than `clearance`.
    bool blocks(const QPointF& a, const QPointF& b, double clearance) const;
    /// The cards that touch `area`.
    std::vector<QRectF> within(const QRectF& area) const;

private:
    template <class Visit> void visit(const QRectF& area, Visit&& each) const;

    std::vector<QRectF> m_cards;
    std::unordered_map<std::int64_t, std::vector<int>> m_buckets;
};

} // namespace plimsoll::gui
