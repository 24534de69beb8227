// Targets as the project page edits them.
#pragma once
#include "gui/document/document.h"
#include "gui/inspector/bindings.h"

namespace plimsoll::gui {

struct MetricText {
    document::Metric metric;
    const char* word; // in object names
    QString label;
    bool ofClass;
    bool atMost;                     // otherwise at least
    components::Parameter parameter; // of the bound
    double usual;                    // the bound of a new target
};
/// Every metric, in the order of the combo box.
const std::vector<MetricText>& metricTexts();
const MetricText& metricText(document::Metric metric);

NumberBinding boundBinding(Document& document, std::size_t index);
/// The targets with the one at `index` made one of `metric`; the bound stays where it measures the same.
std::vector<document::Target> withMetric(const document::Project& project, std::size_t index, document::Metric metric);
std::vector<document::Target> withClass(const document::Project& project, std::size_t index,
                                        const document::Id& classId);
std::vector<document::Target> without(const document::Project& project, std::size_t index);
/// One more: p99 of the first request type that has none, else of the first.
std::vector<document::Target> withNew(const document::Project& project);

} // namespace plimsoll::gui
