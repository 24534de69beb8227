#include "models/document/id.h"

#include <algorithm>

namespace plimsoll::document {
namespace {

constexpr std::size_t kLongestId = 64;

bool isIdCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

char lowerCase(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

} // namespace

bool isId(std::string_view text) {
    return !text.empty() && text.size() <= kLongestId && std::ranges::all_of(text, isIdCharacter);
}

Id idFrom(std::string_view text) {
    Id id;
    for (const char original : text) {
        const char c = lowerCase(original);
        if (isIdCharacter(c) && c != '-') {
            id += c;
        } else if (!id.empty() && id.back() != '-') {
            id += '-';
        }
        if (id.size() == kLongestId) break;
    }
    while (!id.empty() && id.back() == '-') id.pop_back();
    return id.empty() ? Id("unnamed") : id;
}

} // namespace plimsoll::document
