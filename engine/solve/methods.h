// One table of every method by which a figure can be made: what the window shows as "how is this computed".
#pragma once
#include <span>
#include <string_view>

namespace plimsoll::flow {

struct MethodText {
    std::string_view id;          // as in Method::id, e.g. "mmc"
    std::string_view name;        // for a heading, e.g. "M/M/c, first come first served"
    std::string_view text;        // what is computed, in one or two sentences
    std::string_view assumptions; // under which it is right
    std::string_view validity;    // range, and the measured error inside it
    std::string_view source;      // paper or book
};

/// All of them, in the order of the report's method page.
std::span<const MethodText> methods();
/// The one with this id; nullptr where there is none.
const MethodText* findMethod(std::string_view id);

} // namespace plimsoll::flow
