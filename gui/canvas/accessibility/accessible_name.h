// What a screen reader says of a card.
#pragma once
#include "models/assess/assessment.h"
#include "models/document/project.h"

#include <QString>

namespace plimsoll::gui {

/// "Checkout, service, 4 instances, 73 percent busy, p99 48.0 milliseconds, saturates first, 1 warning".
QString accessibleName(const document::Component& component, const assess::Assessment* assessment,
                       const std::vector<assess::Problem>& problems);

} // namespace plimsoll::gui
