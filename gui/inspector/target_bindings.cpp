#include "gui/inspector/target_bindings.h"

#include <QObject>

#include <algorithm>

namespace plimsoll::gui {
namespace {

using components::Dimension;
using components::Parameter;
using document::Metric;
using document::Target;

constexpr double kLargest = 1e15; // as edit::setTargets

Parameter bound(Dimension dimension, double maximum, double usual) {
    return {.key = "bound",
            .label = "Bound",
            .dimension = dimension,
            .minimum = 0,
            .maximum = maximum,
            .defaultNumber = usual};
}

MetricText latency(Metric metric, const char* word, const QString& label, double usual) {
    return {metric, word, label, true, true, bound(Dimension::Time, kLargest, usual), usual};
}

} // namespace

const std::vector<MetricText>& metricTexts() {
    constexpr double kUsualLatency_s = 0.3, kUsualErrors = 0.001, kUsualAvailability = 0.999, kUsualFactor = 1.5;
    static const std::vector<MetricText> all = {
        latency(Metric::P99, "p99", QStringLiteral("p99"), kUsualLatency_s),
        latency(Metric::Mean, "mean", QObject::tr("mean"), kUsualLatency_s),
        latency(Metric::P50, "p50", QStringLiteral("p50"), kUsualLatency_s),
        latency(Metric::P90, "p90", QStringLiteral("p90"), kUsualLatency_s),
        latency(Metric::P95, "p95", QStringLiteral("p95"), kUsualLatency_s),
        latency(Metric::P999, "p999", QStringLiteral("p99.9"), kUsualLatency_s),
        {Metric::ErrorShare, "errors", QObject::tr("errors"), true, true, bound(Dimension::Share, 1, kUsualErrors),
         kUsualErrors},
        {Metric::Throughput, "throughput", QObject::tr("throughput"), true, false, bound(Dimension::Rate, kLargest, 1),
         1},
        {Metric::Availability, "availability", QObject::tr("availability"), true, false,
         bound(Dimension::Share, 1, kUsualAvailability), kUsualAvailability},
        {Metric::LoadFactor, "load", QObject::tr("load factor"), false, false,
         bound(Dimension::Ratio, kLargest, kUsualFactor), kUsualFactor},
        {Metric::UsdPerMonth, "cost", QObject::tr("$ a month"), false, true, bound(Dimension::Ratio, kLargest, 1000),
         1000},
    };
    return all;
}

const MetricText& metricText(Metric metric) {
    return *std::ranges::find(metricTexts(), metric, &MetricText::metric);
}

NumberBinding boundBinding(Document& document, std::size_t index) {
    NumberBinding binding;
    binding.read = [&document, index] {
        NumberReading reading;
        const auto& targets = document.project().targets;
        if (index < targets.size()) reading.value = text::Typed{targets[index].bound, {}};
        return reading;
    };
    binding.edited = [&document, index](const FieldValue& value) -> edit::Result {
        auto targets = document.project().targets;
        if (index < targets.size() && value) targets[index].bound = value->value;
        return edit::setTargets(document.project(), std::move(targets));
    };
    binding.undoText = QObject::tr("change a target");
    binding.key = QStringLiteral("target/%1").arg(index);
    return binding;
}

std::vector<Target> withMetric(const document::Project& project, std::size_t index, Metric metric) {
    auto targets = project.targets;
    if (index >= targets.size()) return targets;
    Target& target = targets[index];
    const MetricText &before = metricText(target.metric), &after = metricText(metric);
    if (before.parameter.dimension != after.parameter.dimension || before.atMost != after.atMost)
        target.bound = after.usual;
    target.metric = metric;
    target.atMost = after.atMost;
    if (!after.ofClass)
        target.classId.reset();
    else if (!target.classId && !project.classes.empty())
        target.classId = project.classes.front().id;
    return targets;
}

std::vector<Target> withClass(const document::Project& project, std::size_t index, const document::Id& classId) {
    auto targets = project.targets;
    if (index < targets.size()) targets[index].classId = classId;
    return targets;
}

std::vector<Target> without(const document::Project& project, std::size_t index) {
    auto targets = project.targets;
    if (index < targets.size()) targets.erase(targets.begin() + static_cast<std::ptrdiff_t>(index));
    return targets;
}

std::vector<Target> withNew(const document::Project& project) {
    auto targets = project.targets;
    const MetricText& metric = metricText(Metric::P99);
    if (project.classes.empty()) return targets;
    const auto unheld = std::ranges::find_if(project.classes, [&](const auto& one) {
        return std::ranges::find(targets, std::optional(one.id), &Target::classId) == targets.end();
    });
    const auto& chosen = unheld == project.classes.end() ? project.classes.front() : *unheld;
    targets.push_back({.classId = chosen.id, .metric = metric.metric, .atMost = true, .bound = metric.usual});
    return targets;
}

} // namespace plimsoll::gui
