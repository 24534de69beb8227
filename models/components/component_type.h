// What a component type declares about itself. One file a type in this folder; registry.cpp lists them.
#pragma once
#include "models/document/error.h"
#include "models/document/project.h"
#include "models/lower/operation.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::lower {
class Context;
}

namespace plimsoll::components {

/// What a numeric parameter measures; its SI unit follows. Word, Switch and Words are not numbers.
enum class Dimension { Time, Rate, Count, Share, Ratio, Bytes, BytesPerSecond, Degrees, Distance, Word, Switch, Words };

struct Choice {
    std::string_view word = {};  // in files and on the command line
    std::string_view label = {}; // in the window
};

/// A parameter, declared once: palette, inspector, validation, file format, `set`, report and help follow from this.
struct Parameter {
    std::string_view key = {}; // snake_case with unit suffix; never renamed without a migration
    std::string_view label = {};
    Dimension dimension = Dimension::Count;
    double minimum = 0, maximum = 0; // of a number, inclusive
    /// Of a number; none: the parameter is optional and absent by default ("no limit", "no timeout").
    std::optional<double> defaultNumber = {};
    std::string_view defaultWord = {}; // of a Word; "true" or "false" of a Switch
    std::vector<Choice> choices = {};  // of Word and Words
    bool byClass = false;              // whether it may differ by request class
    bool integer = false;
    std::string_view group = {};  // heading in the inspector
    std::string_view help = {};   // one line; says what an assumed default assumes
    std::string_view absent = {}; // what the field shows when an optional one is absent, e.g. "no limit"
};

/// What a neighbour may ask of a component instead of its type.
struct Capabilities {
    bool startsClasses = false; // request classes start here
    bool acceptsCalls = true;
    bool makesCalls = true;
    bool balances = false;   // spreads one call over all its targets rather than calling each
    bool isCache = false;    // a link may depend on its misses
    bool isDatabase = false; // tells reads from writes
    bool contains = false;   // an area: others lie inside it
};

struct ComponentType {
    std::string_view id = {};       // "sql_database"; the icon is resources/icons/components/<id>.svg
    std::string_view label = {};    // "SQL database"
    std::string_view category = {}; // palette group
    std::string_view help = {};     // one line
    Capabilities capabilities = {};
    std::vector<Parameter> parameters = {};
    /// The second line of a card, e.g. "Service x4, 2 vCPU".
    std::string (*subtitle)(const document::Component&) = nullptr;
    /// Adds fleets, stations, pools and caches; none for an area.
    void (*declare)(const document::Component&, lower::Context&) = nullptr;
    /// Builds the entry for a class and operation: own steps around context.downstream(). For a type that starts
    /// classes the entry's root is the class's root. None for an area.
    flow::EntryId (*enter)(const document::Component&, const document::RequestClass&, lower::Operation,
                           lower::Context&) = nullptr;
    /// Contradictions beyond ranges, which are checked for every type (a latitude without a longitude). A component
    /// that has one is not lowered.
    std::vector<document::Error> (*validate)(const document::Component&) = nullptr;
};

/// Every type, in palette order.
std::span<const ComponentType* const> registry();
/// nullptr where there is none.
const ComponentType* findType(std::string_view id);
const Parameter* findParameter(const ComponentType& type, std::string_view key);

/// The value in force of a parameter: what the component holds, or the declared default. `classId` picks by class.
std::optional<double> number(const document::Component& component, std::string_view key,
                             const document::Id& classId = {});
/// number() of a whole one.
std::optional<std::uint32_t> wholeNumber(const document::Component& component, std::string_view key);
std::string word(const document::Component& component, std::string_view key);
bool flag(const document::Component& component, std::string_view key);
/// How many inputs nobody has touched, and how many there are. An optional parameter that is absent is no input.
struct InputCount {
    int defaults = 0, all = 0;
};
InputCount countInputs(const document::Component& component);
/// Why `value` may not be the value of `parameter` ("0 is outside 1 to 100000"); none if it may.
std::optional<std::string> whyNotValue(const Parameter& parameter, const document::Value& value);
/// The first fault of a component: unknown type, undeclared key, value that may not be, contradiction.
std::optional<document::Error> firstFault(const document::Component& component);
/// The value that a parameter has when nobody sets it; none for an optional one.
std::optional<document::Value> defaultValue(const Parameter& parameter);
/// The SI unit of a dimension as messages write it ("s", "/s", "bytes"); empty for plain numbers.
std::string_view unitOf(Dimension dimension);

} // namespace plimsoll::components
