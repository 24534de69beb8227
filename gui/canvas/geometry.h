// The measures of the canvas, in logical pixels at 100 % ("dpx" where they hold on the screen at any zoom), and where
// components stand. ux.md sections 3 to 6.
#pragma once
#include "models/document/project.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <map>
#include <utility>

namespace plimsoll::gui {

inline constexpr double kCardWidth = 200, kCardHeight = 80;
inline constexpr double kPortY = 40; // of a card's ports, from its top
inline constexpr double kGrid = 20;
inline constexpr double kClearance = 20; // of links from cards
inline constexpr double kGap = 80;       // between cards that are placed for the user
inline constexpr double kAreaHeader = 28, kAreaPadding = 20, kAreaWidth = 240, kAreaHeight = 140;
inline constexpr double kSceneHalf = 100'000; // the fixed scene rectangle; positions beyond are not reachable

inline constexpr double kDragThreshold = 4;    // dpx
inline constexpr double kPortHitRadius = 12;   // dpx
inline constexpr double kLinkCorridor = 12;    // dpx, full width
inline constexpr double kDropOnLinkReach = 24; // dpx, from a card's centre to the link

/// A link by its ends.
using LinkKey = std::pair<document::Id, document::Id>;
/// The rectangles of components by id.
using Rects = std::map<document::Id, QRectF>;

bool isArea(const document::Component& component);
/// Where a component stands: a card of fixed size or an area of its own.
QRectF rectOf(const document::Component& component);
/// What encloses all components; null where there are none.
QRectF boundsOf(const document::Scenario& scenario);
QPointF toPoint(const document::Point& point);
document::Point fromPoint(const QPointF& point);
/// The nearest point of the grid.
QPointF onGrid(const QPointF& point);

} // namespace plimsoll::gui
