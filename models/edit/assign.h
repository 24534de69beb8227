// One edit written as text: what `plimsoll set` and the window's command palette understand.
#pragma once
#include "models/edit/edit.h"

#include <string_view>

namespace plimsoll::edit {

/// Carries out "app.instances=6", "app.cpu_s@checkout=20 ms" (one request type), "app>db.calls=2",
/// "browse.rate_per_s=1.2k/s". Values are read as the window reads them; "default" resets a parameter, "none" clears an
/// optional one; "-" may stand for
/// "_" in keys and words.
Result assign(const Project& project, const Id& scenario, std::string_view assignment);

} // namespace plimsoll::edit
