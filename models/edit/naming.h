// Free names and ids in a scenario.
#pragma once
#include "models/components/component_type.h"
#include "models/document/project.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace plimsoll::edit {

/// Gives out names and ids that the scenario has not, and remembers what it gave.
class Naming {
public:
    explicit Naming(const document::Scenario& scenario);
    /// "Service", then "Service 2", "Service 3"; a number at the end of `wanted` counts on ("Service 2" -> "Service
    /// 3").
    std::string freeName(std::string_view wanted);
    /// idFrom(name), then with -2, -3 …
    document::Id freeId(std::string_view name);

private:
    std::unordered_set<std::string> m_names, m_ids;
    std::unordered_map<std::string, int> m_nextNumber; // by stem: below it nothing is free
};

/// The label of a type without what stands in brackets ("Area").
std::string shortLabel(const components::ComponentType& type);

} // namespace plimsoll::edit
