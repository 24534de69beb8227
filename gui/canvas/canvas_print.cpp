#include "gui/canvas/canvas_print.h"

#include "gui/canvas/areas.h"
#include "gui/canvas/paint/area_painter.h"
#include "gui/canvas/paint/card_painter.h"
#include "gui/canvas/paint/link_painter.h"

#include <algorithm>

namespace plimsoll::gui {
namespace {

/// Everything of a scenario as values.
struct Picture {
    std::vector<AreaFigure> areas;
    std::vector<std::pair<QPointF, CardFigure>> cards;
    std::vector<Ports> ports;
    std::vector<LinkFigure> links;
    std::vector<std::vector<QPointF>> routes;
};

const std::vector<assess::Problem>& problemsOf(const assess::Assessment* assessment) {
    static const std::vector<assess::Problem> none;
    return assessment ? assessment->problems : none;
}

Picture pictureOf(const document::Project& project, const document::Scenario& scenario,
                  const assess::Assessment* assessment) {
    Picture picture;
    Rects cards;
    for (const auto& component : scenario.components) {
        const QRectF rect = rectOf(*component);
        if (isArea(*component)) {
            picture.areas.push_back({QString::fromStdString(component->name),
                                     areaSummary(scenario, component->id, assessment), rect,
                                     nestingOf(scenario, *component)});
            continue;
        }
        cards[component->id] = rect;
        picture.cards.emplace_back(
            rect.topLeft(), cardFigure(project, *component, assessment, problemsOf(assessment), Overlay::Utilisation));
    }
    std::stable_sort(picture.areas.begin(), picture.areas.end(),
                     [](const auto& a, const auto& b) { return a.depth < b.depth; });
    picture.links = linkFigures(project, scenario, assessment, {});
    std::vector<LinkLayout::Ends> ends;
    for (std::size_t i = 0; i < picture.links.size(); ++i)
        if (cards.contains(scenario.links[i]->from) && cards.contains(scenario.links[i]->to))
            ends.push_back({{scenario.links[i]->from, scenario.links[i]->to}, picture.links[i].width});
    LinkLayout layout;
    layout.update(cards, ends);
    for (const auto& link : scenario.links) picture.routes.push_back(layout.route({link->from, link->to}));
    for (const auto& component : scenario.components)
        if (!isArea(*component)) picture.ports.push_back(layout.ports(component->id));
    return picture;
}

QRectF boundsOf(const Picture& picture) {
    QRectF bounds;
    for (const auto& area : picture.areas) bounds |= area.rect;
    for (const auto& [corner, card] : picture.cards) bounds |= cardPaintBounds(card, {}).translated(corner);
    for (const auto& route : picture.routes)
        if (!route.empty()) {
            const double margin = linkPaintMargin(1);
            bounds |= gui::boundsOf(route).adjusted(-margin, -margin, margin, margin);
        }
    return bounds;
}

} // namespace

QRectF sceneBounds(const document::Project& project, const document::Id& scenario,
                   const assess::Assessment* assessment) {
    const auto* shown = document::findScenario(project, scenario);
    return shown ? boundsOf(pictureOf(project, *shown, assessment)) : QRectF();
}

void paintCanvas(QPainter& painter, const document::Project& project, const document::Id& scenario,
                 const assess::Assessment* assessment, const Theme& theme, const QRectF& target) {
    const auto* shown = document::findScenario(project, scenario);
    if (!shown) return;
    const Picture picture = pictureOf(project, *shown, assessment);
    const QRectF bounds = boundsOf(picture);
    if (bounds.isEmpty() || target.isEmpty()) return;
    const double scale = std::min(target.width() / bounds.width(), target.height() / bounds.height());
    painter.save();
    painter.translate(target.center());
    painter.scale(scale, scale);
    painter.translate(-bounds.center());
    // Everything that the full card shows, whatever the size: print has more dots than a screen.
    for (const auto& area : picture.areas) paintArea(painter, area, theme, {});
    for (std::size_t i = 0; i < picture.routes.size(); ++i)
        paintLink(painter, picture.links[i], picture.routes[i], theme, {});
    for (std::size_t i = 0; i < picture.cards.size(); ++i) {
        painter.save();
        painter.translate(picture.cards[i].first);
        paintCard(painter, picture.cards[i].second, theme, {}, picture.ports[i]);
        painter.restore();
    }
    painter.restore();
}

} // namespace plimsoll::gui
