// The marks at a card's corners and below it: rank chip, badge, note chip.
#pragma once
#include "gui/canvas/paint/card_painter.h"

namespace plimsoll::gui {

/// Sizes on the screen never fall below those of 100 %: the scene length of one such pixel.
double markScale(double zoom);
/// Where the rank chip, the badge and the note stand, in the card's coordinates.
QRectF rankRect(const CardLook& look);
QRectF badgeRect(const CardFigure::Badge& badge, const CardLook& look);
QRectF noteRect(const CardFigure::Note& note, const CardLook& look);

void paintRank(QPainter& painter, int rank, const Theme& theme, const CardLook& look);
void paintBadge(QPainter& painter, const CardFigure::Badge& badge, const Theme& theme, const CardLook& look);
void paintNote(QPainter& painter, const CardFigure::Note& note, const Theme& theme, const CardLook& look);

} // namespace plimsoll::gui
