// Quantities with units as options of a command.
#pragma once
#include "models/text/quantity_text.h"

#include <string>

namespace plimsoll::gui::cli {

/// "10 ms", "800/s"; without a unit SI. Ends with BadInput, naming the option, where it is no quantity or a range.
double quantity(const char* option, const std::string& typed, components::Dimension dimension);

} // namespace plimsoll::gui::cli
