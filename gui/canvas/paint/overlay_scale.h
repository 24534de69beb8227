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
/// The component's part of all the time that requests spend in components: by Little's law its mean number present over
/// theirs. None without a steady state.
std::optional<double> latencyShare(const assess::ComponentFigures& figures, const assess::Assessment& assessment);

/// "Utilisation, %, busiest resource".
QString overlayTitle(Overlay overlay);
/// What stands inside the five steps of the legend.
std::array<QString, 5> overlayStepLabels(Overlay overlay);

} // namespace plimsoll::gui
