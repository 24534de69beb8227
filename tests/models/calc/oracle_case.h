// The contract's numeric cases (tests/data/engine/*.json) run through `calc`: reading, answering, comparing.
#pragma once
#include <QString>

#include <nlohmann/json.hpp>

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

namespace plimsoll::tests {

using nlohmann::json;

/// A file of tests/data/engine.
json readData(const char* name);

/// What calc answers to one case: {"id", "results"} or {"id", "error"}.
json answerOf(const json& one);

/// Where `actual` is not as expected, empty where it is. Expected holds what is checked: objects key by key, arrays
/// place by place, numbers by abs(x - e) <= abs + rel * abs(e).
QString difference(const json& expected, const json& actual, const json& tolerance, const std::string& place = "");

/// Answers the case and judges: `expected` within `tolerance`, or a one-line error where `expected_error` stands. A
/// topic's results name their method. Empty where the case passes.
QString failure(const json& one);

/// For a _data() function: the column "text" (the case as JSON) and a row for every case of the file that is wanted.
void addOracleCases(const char* file, const std::function<bool(const json&)>& wanted, bool firstFile = true);
/// All cases of these topics.
void addOracleCases(const char* file, std::initializer_list<std::string_view> topics, bool firstFile = true);

} // namespace plimsoll::tests
