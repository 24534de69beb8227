// The project that the tests of edits start from.
#pragma once
#include "models/edit/edit.h"

namespace plimsoll::tests {

inline const document::Id kToday = "today";

document::Numeric numeric(double value, std::map<document::Id, double> byClass = {});
const document::Scenario& today(const document::Project& project);
/// The project that an edit made, which files take too; otherwise the test ends with the refusal.
document::Project must(edit::Result result);
document::Project with(const document::Project& project, const char* type, const char* id = "",
                       std::optional<document::Id> area = {});

/// users -> lb -> app -> redis (aside), db; request types "requests" and "checkout"; an area with a zone; a spare
/// service.
document::Project shop();
/// The shop with names that tell a component from its id: "App" is app.
document::Project namedShop();

} // namespace plimsoll::tests
