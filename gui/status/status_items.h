// What the status bar says: plain functions.
#pragma once
#include "models/assess/assessment.h"

#include <QString>

#include <vector>

namespace plimsoll::gui {

struct StatusItem {
    enum class Kind { Latency, Targets, SafeLoad, Bottleneck, Cost, Problems, SolveTime };
    enum class Tone { Plain, Good, Warning, Error };
    Kind kind = Kind::Latency;
    Tone tone = Tone::Plain;
    QString icon = {};                            // of resources/icons/ui; empty: none
    QString before = {}, figure = {}, after = {}; // muted, strong, muted: "p99", "322 ms", "Checkout"
    QString jump = {};                            // id of the component or request type that it is about
    QString tooltip = {};
    bool operator==(const StatusItem&) const = default;
};

/// In the order of the bar: the first five at its left, problems and solve time at its right.
std::vector<StatusItem> statusItems(const document::Project& project, const assess::Assessment* assessment,
                                    const std::vector<assess::Problem>& problems, double loadFactor);

/// The request type that stands worst: without a steady state, else nearest its p99 target or beyond it, else slowest.
const assess::ClassFigures* worstClass(const assess::Assessment& assessment);

} // namespace plimsoll::gui
