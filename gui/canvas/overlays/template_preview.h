#pragma once
#include "gui/theme/theme.h"
#include "models/assess/assessment.h"
#include "models/document/project.h"

#include <QPainter>
#include <QRectF>

namespace plimsoll::gui {

/// A ready-made architecture in small: cards with icon and bar, links as hairlines. `assessment` may be nullptr.
void paintPreview(QPainter& painter, const QRectF& room, const document::Project& project,
                  const assess::Assessment* assessment, const Theme& theme);

} // namespace plimsoll::gui
