// The canvas as a picture for the report and for PNG and SVG exports: the same painters as on the screen, vectors only.
#pragma once
#include "gui/theme/theme.h"
#include "models/assess/assessment.h"
#include "models/document/project.h"

#include <QPainter>
#include <QRectF>

namespace plimsoll::gui {

/// What the cards, areas, links and notes of a scenario cover, in scene coordinates; null where nothing is drawn.
QRectF sceneBounds(const document::Project& project, const document::Id& scenario,
                   const assess::Assessment* assessment = nullptr);

/// Draws the whole scenario into `target`, as large as it fits, centred, colours by utilisation. `assessment` may be
/// nullptr: figures are dashes then.
void paintCanvas(QPainter& painter, const document::Project& project, const document::Id& scenario,
                 const assess::Assessment* assessment, const Theme& theme, const QRectF& target);

} // namespace plimsoll::gui
