// Which component is full first: bars on a logarithmic axis of load.
#pragma once
#include "gui/report/block.h"
#include "gui/report/report.h"

namespace plimsoll::gui::report {

/// A line that says what is drawn, the axis and a bar for each of the first `most` components; a note where there are
/// more. Empty where nothing saturates.
std::vector<Block> fillingBlocks(const Source& source, double width, std::size_t most);

} // namespace plimsoll::gui::report
