// The chapters of the report, one file each.
#pragma once
#include "gui/report/block.h"
#include "gui/report/report.h"

#include <optional>

namespace plimsoll::gui::report {

/// Page 1: the verdict, four tiles, the canvas, targets and what fills first.
Chapter coverChapter(const Source& source);
/// The canvas on a page of its own, where it is too large for the cover to show its names; none otherwise.
std::optional<Chapter> drawingChapter(const Source& source);
/// Every number by request type, target and component.
Chapter figuresChapter(const Source& source);
/// Latency against load, what it says in words, what fills first.
Chapter loadChapter(const Source& source);
/// What was put in: assumed values first, then what was typed, preset or measured.
Chapter assumptionsChapter(const Source& source);
/// How each figure was made, the limits of the model, words.
Chapter methodChapter(const Source& source);

} // namespace plimsoll::gui::report
