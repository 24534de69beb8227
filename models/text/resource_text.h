#pragma once
#include <string>
#include <string_view>

namespace plimsoll::text {

/// A resource of a component in people's words: "cpu" is "CPU", "read_slots" is "Read slots".
std::string resourceWord(std::string_view resource);

} // namespace plimsoll::text
