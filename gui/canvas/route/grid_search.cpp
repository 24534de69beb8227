#include "gui/canvas/route/grid_search.h"

#include <queue>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace plimsoll::gui {
namespace {

constexpr double kBend = 1e6; // longer than any way across the scene: bends count before length
constexpr std::array<int, 4> kStepX{1, 0, -1, 0}, kStepY{0, 1, 0, -1};
constexpr int kRight = 0;

void makeLines(std::vector<double>& lines) {
    std::sort(lines.begin(), lines.end());
    lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
}

int indexOf(const std::vector<double>& lines, double value) {
    return static_cast<int>(std::lower_bound(lines.begin(), lines.end(), value) - lines.begin());
}

/// Dijkstra over (column, row, direction of arrival).
class Search {
public:
    Search(const std::vector<double>& xs, const std::vector<double>& ys, const Obstacles& obstacles, double clearance)
        : m_xs(xs), m_ys(ys), m_obstacles(obstacles), m_clearance(clearance),
          m_cost(xs.size() * ys.size() * 4, std::numeric_limits<double>::infinity()), m_before(m_cost.size(), -1) {}

    std::vector<QPointF> run(const QPointF& from, const QPointF& to) {
        const int start = state(indexOf(m_xs, from.x()), indexOf(m_ys, from.y()), kRight);
        const int goal = state(indexOf(m_xs, to.x()), indexOf(m_ys, to.y()), kRight);
        m_cost[static_cast<std::size_t>(start)] = 0;
        m_queue.emplace(0, start);
        while (!m_queue.empty()) {
            const auto [cost, current] = m_queue.top();
            m_queue.pop();
            if (current == goal) return way(goal);
            if (cost > m_cost[static_cast<std::size_t>(current)]) continue;
            expand(current, cost);
        }
        return {};
    }

private:
    int state(int column, int row, int direction) const {
        return (row * static_cast<int>(m_xs.size()) + column) * 4 + direction;
    }
    int column(int state) const { return state / 4 % static_cast<int>(m_xs.size()); }
    int row(int state) const { return state / 4 / static_cast<int>(m_xs.size()); }
    QPointF point(int state) const {
        return {m_xs[static_cast<std::size_t>(column(state))], m_ys[static_cast<std::size_t>(row(state))]};
    }

    void reach(int next, int current, double cost) {
        if (cost >= m_cost[static_cast<std::size_t>(next)]) return;
        m_cost[static_cast<std::size_t>(next)] = cost;
        m_before[static_cast<std::size_t>(next)] = current;
        m_queue.emplace(cost, next);
    }

    void expand(int current, double cost) {
        const int direction = current % 4;
        for (const int turn : {1, 3}) reach(current - direction + (direction + turn) % 4, current, cost + kBend);
        const int nextColumn = column(current) + kStepX[static_cast<std::size_t>(direction)];
        const int nextRow = row(current) + kStepY[static_cast<std::size_t>(direction)];
        if (nextColumn < 0 || nextRow < 0 || nextColumn >= static_cast<int>(m_xs.size()) ||
            nextRow >= static_cast<int>(m_ys.size()))
            return;
        const int next = state(nextColumn, nextRow, direction);
        const QPointF a = point(current), b = point(next);
        if (m_obstacles.blocks(a, b, m_clearance)) return;
        reach(next, current, cost + std::abs(a.x() - b.x()) + std::abs(a.y() - b.y()));
    }

    std::vector<QPointF> way(int goal) const {
        std::vector<QPointF> points;
        for (int at = goal; at >= 0; at = m_before[static_cast<std::size_t>(at)])
            if (points.empty() || points.back() != point(at)) points.push_back(point(at));
        std::reverse(points.begin(), points.end());
        return points;
    }

    const std::vector<double>&m_xs, &m_ys;
    const Obstacles& m_obstacles;
    double m_clearance;
    std::vector<double> m_cost;
    std::vector<int> m_before;
    std::priority_queue<std::pair<double, int>, std::vector<std::pair<double, int>>, std::greater<>> m_queue;
};

} // namespace

std::vector<QPointF> searchGrid(const QPointF& from, const QPointF& to, std::vector<double> xs, std::vector<double> ys,
                                const Obstacles& obstacles, double clearance) {
    makeLines(xs);
    makeLines(ys);
    return Search(xs, ys, obstacles, clearance).run(from, to);
}

} // namespace plimsoll::gui
