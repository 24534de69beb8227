#include "models/exchange/canonical_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <iterator>

namespace plimsoll::exchange {
namespace {

void append(const nlohmann::ordered_json& value, int depth, std::string& text) {
    constexpr int kLines = 2; // levels whose elements stand on lines of their own
    const auto line = [&] {
        if (depth < kLines) text.append("\n").append(std::size_t(depth + 1) * 2, ' ');
    };
    if (value.is_object()) {
        text += '{';
        bool first = true;
        for (const auto& [key, member] : value.items()) {
            if (!first) text += ',';
            first = false;
            line();
            text += nlohmann::ordered_json(key).dump() + ':';
            append(member, depth + 1, text);
        }
        text += '}';
    } else if (value.is_array()) {
        text += '[';
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (i > 0) text += ',';
            line();
            append(value[i], depth + 1, text);
        }
        text += ']';
    } else if (value.is_number_float()) {
        fmt::format_to(std::back_inserter(text), "{:.17g}", value.get<double>());
    } else {
        text += value.dump();
    }
}

} // namespace

std::string canonicalText(const nlohmann::ordered_json& value) {
    std::string text;
    append(value, 0, text);
    return text + '\n';
}

} // namespace plimsoll::exchange
