#pragma once
#include "gui/canvas/items/canvas_look.h"
#include "gui/canvas/paint/link_painter.h"

#include <QGraphicsItem>

namespace plimsoll::gui {

/// A link on the canvas from 25 % up; farther away FarLinksItem draws all of them.
class LinkItem : public QGraphicsItem {
public:
    LinkItem(LinkKey key, const CanvasLook& look) : m_key(std::move(key)), m_look(look) {}

    const LinkKey& key() const { return m_key; }
    const std::vector<QPointF>& route() const { return m_route; }
    double width() const { return m_figure.width; } // dpx
    void setFigure(LinkFigure figure);
    void setRoute(std::vector<QPointF> route);
    void updateBounds();
    LinkLook look() const;

    QRectF boundingRect() const override { return m_bounds; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    LinkKey m_key;
    const CanvasLook& m_look;
    LinkFigure m_figure;
    std::vector<QPointF> m_route;
    QRectF m_bounds;
};

} // namespace plimsoll::gui
