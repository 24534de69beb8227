#include "models/text/resource_text.h"

#include <algorithm>
#include <cctype>

namespace plimsoll::text {

std::string resourceWord(std::string_view resource) {
    if (resource == "cpu") return "CPU";
    std::string word(resource);
    std::ranges::replace(word, '_', ' ');
    if (!word.empty()) word[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(word[0])));
    return word;
}

} // namespace plimsoll::text
