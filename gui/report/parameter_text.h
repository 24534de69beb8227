#pragma once
#include "models/components/component_type.h"
#include "models/document/project.h"

#include <QString>

namespace plimsoll::gui::report {

/// The value in force of a parameter as text: "6.00 ms; Checkout 20.0 ms", "Least connections", "no limit".
QString parameterText(const document::Project& project, const document::Component& component,
                      const components::Parameter& parameter);

/// Thin spaces between groups of three digits before the point, from five digits on: "10 000 ms".
QString grouped(QString number);

} // namespace plimsoll::gui::report
