// Where a new card goes when the user did not say.
#pragma once
#include "gui/canvas/geometry.h"

namespace plimsoll::gui {

/// The free place for a card nearest to `wanted` (top left), going down column by column: never on top of another card.
QPointF freePlace(const document::Scenario& scenario, const QPointF& wanted);
/// Right of `component`, with the usual gap, level with it.
QPointF placeAfter(const document::Scenario& scenario, const document::Component& component);

} // namespace plimsoll::gui
