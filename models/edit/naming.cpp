#include "models/edit/naming.h"

#include <algorithm>

namespace plimsoll::edit {
namespace {

constexpr std::size_t kLongestStem = 56; // of an id, leaving room for "-" and a number within 64 characters

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// "Service 2" -> "Service"
std::string_view withoutNumber(std::string_view name) {
    const auto last = std::ranges::find_if_not(name.rbegin(), name.rend(), isDigit);
    const auto length = static_cast<std::size_t>(name.rend() - last);
    const bool numbered = length < name.size() && length > 1 && name[length - 1] == ' ';
    return numbered ? name.substr(0, length - 1) : name;
}

} // namespace

Naming::Naming(const document::Scenario& scenario) {
    for (const auto& component : scenario.components) {
        m_names.insert(component->name);
        m_ids.insert(component->id);
    }
}

std::string Naming::freeName(std::string_view wanted) {
    if (m_names.insert(std::string(wanted)).second) return std::string(wanted);
    const std::string stem(withoutNumber(wanted));
    int& number = m_nextNumber.try_emplace("name " + stem, 2).first->second;
    std::string name;
    do {
        name = stem + ' ' + std::to_string(number++);
    } while (!m_names.insert(name).second);
    return name;
}

document::Id Naming::freeId(std::string_view name) {
    document::Id wanted = document::idFrom(name);
    if (m_ids.insert(wanted).second) return wanted;
    const std::string stem = wanted.substr(0, kLongestStem);
    int& number = m_nextNumber.try_emplace("id " + stem, 2).first->second;
    document::Id id;
    do {
        id = stem + '-' + std::to_string(number++);
    } while (!m_ids.insert(id).second);
    return id;
}

std::string shortLabel(const components::ComponentType& type) {
    return std::string(type.label.substr(0, type.label.find(" (")));
}

} // namespace plimsoll::edit
