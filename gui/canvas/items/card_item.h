#pragma once
#include "gui/canvas/items/canvas_look.h"
#include "gui/canvas/paint/card_painter.h"

#include <QGraphicsItem>

namespace plimsoll::gui {

/// A card on the canvas: holds what it says, paints it, knows no gestures.
class CardItem : public QGraphicsItem {
public:
    CardItem(document::Id id, const CanvasLook& look) : m_id(std::move(id)), m_look(look) {}

    const document::Id& id() const { return m_id; }
    const CardFigure& figure() const { return m_figure; }
    void setFigure(CardFigure figure);
    void setPorts(const Ports& ports);
    CardLook look() const;
    /// To be called when something changed that boundingRect() depends on.
    void updateBounds();

    QRectF boundingRect() const override { return m_bounds; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    document::Id m_id;
    const CanvasLook& m_look;
    CardFigure m_figure;
    Ports m_ports;
    QRectF m_bounds;
};

} // namespace plimsoll::gui
