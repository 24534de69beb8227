// A card over a link goes into it when it is let go.
#pragma once
#include "gui/canvas/tools/stage.h"

namespace plimsoll::gui {

/// The link within reach of `centre` that the component `moving` may be inserted into; both ids empty: none.
LinkKey linkToDropOn(const Stage& stage, const QPointF& centre, const document::Id& moving);
/// The same for a new component of `type`.
LinkKey linkToDropNewOn(const Stage& stage, const QPointF& centre, const std::string& type);

} // namespace plimsoll::gui
