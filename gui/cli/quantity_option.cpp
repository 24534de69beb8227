#include "gui/cli/quantity_option.h"

#include "gui/cli/command.h"

#include <fmt/format.h>

namespace plimsoll::gui::cli {

double quantity(const char* option, const std::string& typed, components::Dimension dimension) {
    const auto read = text::parse(typed, dimension);
    if (!read) badInput(fmt::format("{}: {}", option, read.error()));
    if (read->range) badInput(fmt::format("{}: \"{}\" is a range, must be one value", option, typed));
    return read->value;
}

} // namespace plimsoll::gui::cli
