#include "models/document/error.h"

namespace plimsoll::document {

std::string text(const Error& error) {
    std::string line;
    for (const std::string* part : {&error.component, &error.field})
        if (!part->empty()) line += *part + ": ";
    return line + error.message;
}

} // namespace plimsoll::document
