// The finished pages, before they are painted: what tests look at.
#pragma once
#include "gui/report/block.h"
#include "gui/report/report.h"

namespace plimsoll::gui::report {

/// All pages of the report. The first block of a page is its frame (topic, footer with page "n of m"), as large as the
/// page itself; the others lie inside its margins. The pages refer to `source`.
std::vector<Page> layOut(const Source& source);

} // namespace plimsoll::gui::report
