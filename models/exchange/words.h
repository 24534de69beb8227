// The words that files and answers use for enumerators (snake_case, as in design/project-json.md).
#pragma once
#include "engine/solve/solution.h"
#include "models/document/project.h"

#include <optional>
#include <string_view>

namespace plimsoll::exchange {

std::string_view wordOf(document::Metric metric);
std::string_view wordOf(document::Mode mode);
std::string_view wordOf(document::Protocol protocol);
std::string_view wordOf(document::Provenance::Kind kind);
std::string_view wordOf(flow::Cause cause);
std::string_view wordOf(flow::Regime regime);
std::string_view wordOf(flow::Severity severity);

/// The enumerator that a word stands for; none where it is not one.
template <class Enum> std::optional<Enum> fromWord(std::string_view word);
template <> std::optional<document::Metric> fromWord(std::string_view word);
template <> std::optional<document::Mode> fromWord(std::string_view word);
template <> std::optional<document::Protocol> fromWord(std::string_view word);
template <> std::optional<document::Provenance::Kind> fromWord(std::string_view word);
template <> std::optional<flow::Cause> fromWord(std::string_view word);

} // namespace plimsoll::exchange
