#pragma once
#include <QString>

#include <optional>

namespace plimsoll::gui {

/// `typed` with its number moved by `steps` in the last typed digit: "12.0 ms" up by one is "12.1 ms", "9" is "10".
/// None where it does not begin with a plain number of at most 15 digits.
std::optional<QString> steppedInLastDigit(const QString& typed, int steps);

} // namespace plimsoll::gui
