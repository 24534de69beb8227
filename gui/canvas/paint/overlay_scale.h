// The overlay's scale: what of a component decides its colour, and the bounds of the steps (ux.md section 10).
#pragma once
#include "gui/document/view_state.h"
#include "models/assess/assessment.h"

#include <QString>

#include <array>
#include <optional>

namespace plimsoll::gui {

/// The step, 0 to 4, of a component; none where there is nothing to show (no figure, overlay off).
std::optional<int> overlayStep(const assess::ComponentFigures& figures, const assess::Assessment& assessment,
                               Overlay overlay);
/// "Utilisation, %, busiest resource".
QString overlayTitle(Overlay overlay);
/// What stands inside the five steps of the legend.
std::array<QString, 5> overlayStepLabels(Overlay overlay);

} // namespace plimsoll::gui
