// The registry as data (`plimsoll types --json`).
#pragma once
#include <string>

namespace plimsoll::exchange {

std::string typesToJson();

} // namespace plimsoll::exchange
