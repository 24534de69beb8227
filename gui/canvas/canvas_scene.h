// The items of the canvas, kept equal to the document: one for each component and link.
#pragma once
#include "gui/canvas/items/canvas_look.h"
#include "gui/canvas/route/link_layout.h"

#include <QGraphicsScene>

#include <unordered_map>

namespace plimsoll::gui {

class AreaItem;
class CardItem;
class Document;
class FarLinksItem;
class Figures;
class LinkItem;
class ViewState;

class CanvasScene : public QGraphicsScene {
    Q_OBJECT
public:
    CanvasScene(Document& document, ViewState& view, Figures& figures, QObject* parent = nullptr);
    ~CanvasScene() override;

    /// What is drawn; nullptr while the view's scenario is not in the project.
    const document::Scenario* scenario() const;
    CanvasLook& look() { return m_look; }
    const CanvasLook& look() const { return m_look; }
    void setTheme(const Theme& theme);
    /// Decides the level of detail, once for all items.
    void setZoom(double zoom);

    const LinkLayout& layout() const { return m_layout; }
    const CardItem* card(const document::Id& id) const;
    /// Where each component is drawn now: the document's places, or those of a drag that is under way.
    const Rects& rects() const { return m_rects; }
    QRectF contentRect() const;

    /// Draws the given components elsewhere while a gesture lasts; an empty map ends that.
    void preview(const Rects& moved);

signals:
    /// Cards, links or their places are others than before; not sent for figures alone.
    void arranged();

public slots:
    void refresh();        // the document, the scenario or the selection changed
    void refreshFigures(); // only the figures, overlay or trace did

private:
    void syncAreas(const document::Scenario& scenario);
    void syncCards(const document::Scenario& scenario);
    void syncLinks(const document::Scenario& scenario);
    void arrange(std::chrono::microseconds budget);
    void updateBounds();

    Document& m_document;
    ViewState& m_view;
    Figures& m_figures;
    CanvasLook m_look;
    LinkLayout m_layout;
    Rects m_rects, m_moved;
    std::unordered_map<document::Id, CardItem*> m_cards;
    std::unordered_map<document::Id, AreaItem*> m_areas;
    std::map<LinkKey, LinkItem*> m_links;
    FarLinksItem* m_farLinks;
    std::size_t m_drawnLinks = 0;
};

} // namespace plimsoll::gui
