#pragma once
#include <string>
#include <string_view>

namespace plimsoll::document {

/// Names a component, class or scenario inside its list: [a-z0-9_-], 1 to 64 characters, unique there.
using Id = std::string;

/// Whether `text` is one.
bool isId(std::string_view text);
/// An id made from free text ("Orders DB" -> "orders-db"), never empty; uniqueness is the caller's.
Id idFrom(std::string_view text);

} // namespace plimsoll::document
