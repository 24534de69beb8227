#include "gui/canvas/canvas_scene.h"

#include "gui/canvas/areas.h"
#include "gui/canvas/items/area_item.h"
#include "gui/canvas/items/card_item.h"
#include "gui/canvas/items/far_links_item.h"
#include "gui/canvas/items/link_item.h"
#include "gui/document/document.h"
#include "gui/document/figures.h"
#include "gui/document/view_state.h"

#include <cmath>

namespace plimsoll::gui {
namespace {
constexpr double kLinkLayer = 100, kCardLayer = 200; // areas lie below, by their depth
constexpr std::chrono::microseconds kFrameBudget{2000};
} // namespace

CanvasScene::CanvasScene(Document& document, ViewState& view, Figures& figures, QObject* parent)
    : QGraphicsScene(parent), m_document(document), m_view(view), m_figures(figures) {
    setSceneRect(-kSceneHalf, -kSceneHalf, 2 * kSceneHalf, 2 * kSceneHalf);
    m_look.theme = &lightTheme();
    m_look.selection = &document.selection();
    m_farLinks = new FarLinksItem(m_look);
    m_farLinks->setZValue(kLinkLayer);
    m_farLinks->setVisible(false);
    addItem(m_farLinks);
    connect(&document, &Document::changed, this, &CanvasScene::refresh);
    connect(&document, &Document::selectionChanged, this, [this] {
        updateBounds();
        update();
    });
    connect(&view, &ViewState::scenarioChanged, this, &CanvasScene::refresh);
    connect(&figures, &Figures::changed, this, &CanvasScene::refreshFigures);
    connect(&view, &ViewState::overlayChanged, this, &CanvasScene::refreshFigures);
    connect(&view, &ViewState::tracedClassChanged, this, &CanvasScene::refreshFigures);
    refresh();
}

CanvasScene::~CanvasScene() {
    clear(); // the items read m_look to their end
}

const document::Scenario* CanvasScene::scenario() const {
    return document::findScenario(m_document.project(), m_view.scenario());
}

void CanvasScene::setTheme(const Theme& theme) {
    m_look.theme = &theme;
    update();
}

void CanvasScene::setZoom(double zoom) {
    const Detail detail = detailAt(zoom, m_look.detail);
    const double boundsZoom = std::min(1.0, std::exp2(std::floor(std::log2(zoom))));
    const bool other = detail != m_look.detail || boundsZoom != m_look.boundsZoom;
    m_look.zoom = zoom;
    m_look.detail = detail;
    m_look.boundsZoom = boundsZoom;
    if (!other) return;
    const bool far = detail == Detail::Far;
    for (const auto& [key, link] : m_links) link->setVisible(!far);
    m_farLinks->setVisible(far);
    updateBounds();
}

const CardItem* CanvasScene::card(const document::Id& id) const {
    const auto found = m_cards.find(id);
    return found == m_cards.end() ? nullptr : found->second;
}

QRectF CanvasScene::contentRect() const {
    QRectF bounds;
    for (const auto& [id, rect] : m_rects) bounds |= rect;
    return bounds;
}

void CanvasScene::preview(const Rects& moved) {
    if (moved.empty() && m_moved.empty()) return;
    const bool ends = moved.empty();
    m_moved = moved;
    const auto* shown = scenario();
    if (!shown) return;
    syncAreas(*shown);
    syncCards(*shown);
    arrange(ends ? std::chrono::microseconds::max() : kFrameBudget);
}

void CanvasScene::refresh() {
    static const document::Scenario none;
    const auto* shown = scenario();
    if (!shown) shown = &none;
    m_moved.clear();
    syncAreas(*shown);
    syncCards(*shown);
    syncLinks(*shown);
    refreshFigures();
    arrange(std::chrono::microseconds::max());
}

void CanvasScene::refreshFigures() {
    const auto* shown = scenario();
    m_look.stale = m_figures.stale();
    if (!shown) return;
    const auto* assessment = m_figures.assessment();
    if (assessment && assessment->scenario != m_view.scenario()) assessment = nullptr;
    const auto& project = m_document.project();
    for (const auto& component : shown->components)
        if (const auto card = m_cards.find(component->id); card != m_cards.end())
            card->second->setFigure(
                cardFigure(project, *component, assessment, m_figures.problems(), m_view.overlay()));
    const auto links = linkFigures(project, *shown, assessment, m_view.tracedClass());
    bool otherWidths = false; // wide links fan out further
    for (std::size_t i = 0; i < links.size(); ++i) {
        const auto link = m_links.find({shown->links[i]->from, shown->links[i]->to});
        if (link == m_links.end()) continue;
        otherWidths = otherWidths || (link->second->width() > kWideLink) != (links[i].width > kWideLink);
        link->second->setFigure(links[i]);
    }
    syncAreas(*shown);
    if (otherWidths) arrange(kFrameBudget);
    update(); // one update of the viewport is cheaper than one for each item
}

void CanvasScene::syncAreas(const document::Scenario& scenario) {
    auto gone = std::move(m_areas);
    m_areas.clear();
    for (const auto& component : scenario.components) {
        if (!isArea(*component)) continue;
        const auto known = gone.find(component->id);
        AreaItem* item = known != gone.end() ? known->second : new AreaItem(component->id, m_look);
        known != gone.end() ? void(gone.erase(known)) : addItem(item);
        m_areas[component->id] = item;
        const auto moved = m_moved.find(component->id);
        const QRectF rect = moved == m_moved.end() ? rectOf(*component) : moved->second;
        m_rects[component->id] = rect;
        item->setFigure({QString::fromStdString(component->name),
                         areaSummary(scenario, component->id, m_figures.assessment()), rect,
                         nestingOf(scenario, *component)});
    }
    for (const auto& [id, item] : gone) {
        m_rects.erase(id);
        delete item;
    }
}

void CanvasScene::syncCards(const document::Scenario& scenario) {
    auto gone = std::move(m_cards);
    m_cards.clear();
    double layer = kCardLayer;
    for (const auto& component : scenario.components) {
        if (isArea(*component)) continue;
        const auto known = gone.find(component->id);
        CardItem* item = known != gone.end() ? known->second : new CardItem(component->id, m_look);
        known != gone.end() ? void(gone.erase(known)) : addItem(item);
        m_cards[component->id] = item;
        const auto moved = m_moved.find(component->id);
        const QRectF rect = moved == m_moved.end() ? rectOf(*component) : moved->second;
        m_rects[component->id] = rect;
        item->setPos(rect.topLeft());
        item->setZValue(moved == m_moved.end() ? layer : layer + kSceneHalf); // what is dragged lies on top
        layer += 1e-3;
    }
    for (const auto& [id, item] : gone) {
        m_rects.erase(id);
        delete item;
    }
}

void CanvasScene::syncLinks(const document::Scenario& scenario) {
    auto gone = std::move(m_links);
    m_links.clear();
    for (const auto& link : scenario.links) {
        const LinkKey key{link->from, link->to};
        if (!m_cards.contains(key.first) || !m_cards.contains(key.second)) continue;
        const auto known = gone.find(key);
        LinkItem* item = known != gone.end() ? known->second : new LinkItem(key, m_look);
        if (known != gone.end()) {
            gone.erase(known);
        } else {
            item->setZValue(kLinkLayer);
            item->setVisible(m_look.detail != Detail::Far);
            addItem(item);
        }
        m_links[key] = item;
    }
    for (const auto& [key, item] : gone) delete item;
}

void CanvasScene::arrange(std::chrono::microseconds budget) {
    Rects cards;
    for (const auto& [id, item] : m_cards) cards[id] = m_rects[id];
    std::vector<LinkLayout::Ends> ends;
    ends.reserve(m_links.size());
    for (const auto& [key, item] : m_links) ends.push_back({key, item->width()});
    std::set<document::Id> dragged;
    for (const auto& [id, rect] : m_moved) dragged.insert(id);
    if (!m_layout.update(cards, ends, dragged, budget).empty() || m_links.size() != m_drawnLinks) {
        m_drawnLinks = m_links.size();
        std::vector<QPolygonF> routes;
        for (const auto& [key, item] : m_links) {
            const auto& route = m_layout.route(key);
            item->setRoute(route);
            routes.emplace_back(QList<QPointF>(route.begin(), route.end()));
        }
        m_farLinks->setRoutes(std::move(routes));
    }
    for (const auto& [id, item] : m_cards) item->setPorts(m_layout.ports(id));
    emit arranged();
}

void CanvasScene::updateBounds() {
    for (const auto& [id, item] : m_cards) item->updateBounds();
    for (const auto& [id, item] : m_areas) item->updateBounds();
    for (const auto& [key, item] : m_links) item->updateBounds();
}

} // namespace plimsoll::gui
