#pragma once
#include "models/assess/agreement.h"
#include "models/document/project.h"

#include <string>

namespace plimsoll::gui::cli {

/// The verdict on the simulated figures, then solved beside simulated by request type and by component, for a terminal.
std::string agreementTables(const document::Project& project, const assess::Assessment& solved,
                            const assess::Assessment& simulated);

} // namespace plimsoll::gui::cli
