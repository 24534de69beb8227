#include "gui/plots/label_places.h"

#include <algorithm>
#include <numeric>

namespace plimsoll::gui {

std::vector<double> spreadApart(const std::vector<double>& wanted, double gap) {
    std::vector<std::size_t> order(wanted.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return wanted[i]; });
    std::vector<double> places = wanted;
    for (std::size_t k = 1; k < order.size(); ++k) { // push each pair apart, half each, then the rest downwards
        double& above = places[order[k - 1]];
        double& below = places[order[k]];
        if (below - above >= gap) continue;
        const bool free = k == 1 || above - (gap - (below - above)) / 2 - places[order[k - 2]] >= gap;
        if (free) above -= (gap - (below - above)) / 2;
        below = above + gap;
    }
    return places;
}

std::vector<double> nameCentres(const std::vector<NamedCurve>& curves, const QRectF& area, double height) {
    std::vector<double> centres;
    const double offset = height * 0.75;
    for (const NamedCurve& curve : curves) {
        const bool crowded = std::ranges::any_of(curves, [&](const NamedCurve& other) {
            return &other != &curve && other.y > curve.y && other.y - curve.y < 2 * height;
        });
        const bool below = !crowded && curve.y + offset + height / 2 < area.bottom();
        centres.push_back(below ? curve.y + offset : curve.y - offset);
    }
    return spreadApart(centres, height);
}

} // namespace plimsoll::gui
