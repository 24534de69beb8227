// Which figures of a component the inspector shows, as words: plain functions.
#pragma once
#include "models/assess/assessment.h"

#include <QString>

#include <vector>

namespace plimsoll::gui {

/// A label above a number with its unit.
struct FigureCell {
    enum class Tone { Plain, Error, Muted };
    QString label, number, unit;
    QString tooltip; // exact value, or why there is none
    Tone tone = Tone::Plain;
    bool operator==(const FigureCell&) const = default;
};

/// "CPU" for "cpu", "Threads" for "threads".
QString resourceWord(const std::string& name);
/// The resource with the highest utilisation; nullptr where there is none.
const assess::ResourceFigures* busiestResource(const assess::ComponentFigures& figures);

/// In the order of the mock-up: busy, offered, saturates at; wait, residence p99, errors; hit ratio of a cache.
std::vector<FigureCell> componentCells(const assess::ComponentFigures& figures);
/// Past saturation: offered, carried, backlog; offered work, saturates at, residence.
std::vector<FigureCell> overloadCells(const assess::ComponentFigures& figures);
/// Whether its queue grows or it refuses because it is offered more than it can do.
bool isOverloaded(const assess::ComponentFigures& figures);
/// "250/s arrive, 130/s are served. The queue is unlimited, so nothing fails: it grows 120/s."
QString overloadText(const assess::ComponentFigures& figures);

} // namespace plimsoll::gui
