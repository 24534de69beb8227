// `plimsoll calc`: the engine as a batch calculator.
#pragma once
#include "models/document/error.h"

#include <expected>
#include <string>
#include <string_view>

namespace plimsoll::calc {

/// Answers {"cases": [...]} in the same order; a case that fails carries its error. Fails only when the document itself
/// cannot be read.
std::expected<std::string, document::Error> answer(std::string_view document);

} // namespace plimsoll::calc
