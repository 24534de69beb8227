// What a link may say and which components it may join, by capabilities. Edits and lowering both ask here.
#pragma once
#include "models/document/error.h"
#include "models/document/project.h"

#include <functional>
#include <optional>
#include <string>

namespace plimsoll::components {

/// Finds a component by its id; nullptr where there is none.
using FindComponent = std::function<const document::Component*(const document::Id&)>;

/// The first field of `link` whose value may not be ("Shop > Orders DB: writes: 2 is outside 0 to 1"); none if all are
/// good.
std::optional<document::Error> firstFault(const FindComponent& find, const document::Link& link);
std::optional<document::Error> firstFault(const document::Scenario& scenario, const document::Link& link);

/// Why nothing of this kind may link from `from` to `to`, in at most 12 words; none if it may. Looks at the two alone:
/// other links and loops are the caller's.
std::optional<std::string> whyNotPair(const document::Component& from, const document::Component& to);

/// "Shop > Orders DB": how messages call a link.
std::string nameOf(const FindComponent& find, const document::Link& link);
std::string nameOf(const document::Scenario& scenario, const document::Link& link);

} // namespace plimsoll::components
