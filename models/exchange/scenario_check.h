// The part of checkProject() that concerns one scenario. Internal to models/exchange.
#pragma once
#include "models/exchange/project_check.h"

namespace plimsoll::exchange {

/// Whether this may be the id and name of a class, scenario or component.
std::optional<document::Error> nameFault(const document::Id& id, const std::string& name);

/// The first offence of its components, areas and links; `place` is the scenario's.
std::optional<Fault> firstFault(const document::Project& project, const document::Scenario& scenario,
                                const std::string& place);

} // namespace plimsoll::exchange
