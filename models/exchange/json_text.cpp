#include "models/exchange/json_text.h"

#include "models/document/project.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <set>
#include <vector>

namespace plimsoll::exchange {

namespace {

using document::Error;
using nlohmann::json;

constexpr std::array kLimits = {ArrayLimit{"components", document::kMostComponents},
                                ArrayLimit{"links", document::kMostLinks},
                                ArrayLimit{"classes", document::kMostClasses}};
constexpr std::size_t kMostElements = document::kMostLinks; // of any other array

struct Refused {
    Error error;
};

/// Follows the parser through the document and stops it at the first thing that is not allowed.
class Watch {
public:
    bool operator()(int, json::parse_event_t event, json& parsed) {
        switch (event) {
        case json::parse_event_t::object_start: enter(false); break;
        case json::parse_event_t::array_start: enter(true); break;
        case json::parse_event_t::object_end:
        case json::parse_event_t::array_end: m_open.pop_back(); break;
        case json::parse_event_t::key: key(parsed.get_ref<const std::string&>()); break;
        case json::parse_event_t::value: element(); break;
        }
        return true;
    }

private:
    struct Container {
        bool isArray = false;
        std::size_t elements = 0;
        std::string lastKey;
        std::set<std::string> keys;
    };

    void enter(bool isArray) {
        element();
        if (m_open.size() >= static_cast<std::size_t>(document::kDeepestNesting))
            throw Refused{{place(3), "", fmt::format("is nested deeper than {} levels", document::kDeepestNesting)}};
        m_open.push_back({.isArray = isArray, .elements = 0, .lastKey = {}, .keys = {}});
    }

    void key(const std::string& name) {
        Container& object = m_open.back();
        object.lastKey = name;
        if (!object.keys.insert(name).second) {
            object.lastKey.clear();
            throw Refused{{place(m_open.size() - 1), name, "this key is there twice"}};
        }
    }

    void element() {
        if (m_open.empty() || !m_open.back().isArray) return;
        Container& array = m_open.back();
        const std::string& name = m_open.size() > 1 ? m_open[m_open.size() - 2].lastKey : std::string();
        std::size_t limit = kMostElements;
        for (const ArrayLimit& known : kLimits)
            if (known.key == name) limit = known.elements;
        if (++array.elements > limit)
            throw Refused{{place(m_open.size() - 1), "", fmt::format("has more than {} elements", limit)}};
    }

    /// The JSON pointer of the `depth`-th level.
    std::string place(std::size_t depth) const {
        std::string pointer;
        for (std::size_t i = 0; i < std::min(depth, m_open.size()); ++i)
            pointer += "/" + (m_open[i].isArray ? std::to_string(m_open[i].elements - 1) : m_open[i].lastKey);
        return pointer.empty() ? "/" : pointer;
    }

    std::vector<Container> m_open;
};

/// What the library says, without its prefix and without the bytes that it read last.
std::string reason(std::string_view what) {
    if (const auto bracket = what.find("] "); bracket != std::string_view::npos) what.remove_prefix(bracket + 2);
    what = what.substr(0, what.find("; last read"));
    std::string line;
    for (const char c : what) line += c >= ' ' && c <= '~' ? c : '?';
    return line;
}

} // namespace

std::expected<json, Error> parseJson(std::string_view text) {
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return std::unexpected(Error{"", "", "there is no text, where JSON is expected"});
    try {
        return json::parse(text.begin(), text.end(), Watch());
    } catch (const Refused& refused) {
        return std::unexpected(oneLine(refused.error));
    } catch (const json::exception& exception) {
        return std::unexpected(Error{"", "", "is not JSON: " + reason(exception.what())});
    }
}

Error oneLine(Error error) {
    constexpr std::size_t kLongestPart = 300;
    for (std::string* part : {&error.component, &error.field, &error.message}) {
        for (char& c : *part)
            if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = '?';
        if (part->size() <= kLongestPart) continue;
        std::size_t end = kLongestPart;
        while (end > 0 && (static_cast<unsigned char>((*part)[end]) & 0xc0) == 0x80) --end; // not inside a character
        part->resize(end);
        *part += "...";
    }
    return error;
}

nlohmann::ordered_json jsonNumber(double value) {
    constexpr double kExactlyWhole = 9007199254740992.0; // 2^53
    if (value == std::floor(value) && std::abs(value) < kExactlyWhole) return static_cast<std::int64_t>(value);
    return value;
}

} // namespace plimsoll::exchange
