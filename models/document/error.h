// What went wrong with something that a person typed, drew or opened.
#pragma once
#include <string>

namespace plimsoll::document {

/// A refusal. `message` says what is wrong, the value and what is allowed, in one line without a full stop.
struct Error {
    std::string component; // its name, a class, a link as "a > b", a JSON place ("/scenarios/0/links/2"); may be empty
    std::string field;     // parameter key or JSON key; may be empty
    std::string message;
    bool operator==(const Error&) const = default;
};

/// The error as one line: "Orders DB: connections: 0 is outside 1 to 100000".
std::string text(const Error& error);

} // namespace plimsoll::document
