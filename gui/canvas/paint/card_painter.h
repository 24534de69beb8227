// Paints a card by plain values, with vectors only: the canvas, the palette's drag picture, the PDF report and the SVG
// export use the same code. ux.md section 3 with the departures of the mock-ups.
#pragma once
#include "gui/canvas/detail.h"
#include "gui/canvas/paint/card_figure.h"
#include "gui/canvas/route/link_layout.h"
#include "gui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace plimsoll::gui {

/// How a card is drawn, apart from what it says.
struct CardLook {
    Detail detail = Detail::Normal;
    double zoom = 1; // dpx for each pixel of the scene
    bool selected = false, focused = false, hovered = false;
    bool target = false;  // a link may end here: the port is large
    bool illegal = false; // a link may not: red ring
    bool stale = false;   // the figures are older than the document
    bool dimmed = false;  // steps back while others are meant
};

/// Paints the card with its top left corner at the painter's origin. `ports` are where links touch it.
void paintCard(QPainter& painter, const CardFigure& card, const Theme& theme, const CardLook& look,
               const Ports& ports = {});
/// What paintCard may touch, chips, ring and note included.
QRectF cardPaintBounds(const CardFigure& card, const CardLook& look);

/// The hatch of what is beyond 100 %: 45 degrees, over a fill of the last step.
void hatch(QPainter& painter, const QRectF& box, double radius, const Theme& theme, double zoom);

} // namespace plimsoll::gui
