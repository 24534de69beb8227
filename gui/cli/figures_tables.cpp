#include "gui/cli/figures_tables.h"

#include "gui/cli/table.h"
#include "models/assess/verdict.h"
#include "models/text/figure_text.h"
#include "models/text/resource_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace plimsoll::gui::cli {
namespace {

using assess::Assessment;

std::string quantile(const assess::ClassFigures& figures, std::size_t level) {
    return text::duration(figures.latency ? std::optional(figures.latency->quantile[level]) : std::nullopt).joined();
}

std::string classTable(const Assessment& assessment) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& c : assessment.classes)
        rows.push_back({c.name, text::rate(c.offered).joined(), text::rate(c.succeeded).joined(),
                        text::share(c.errorShare).joined(),
                        text::duration(c.latency ? std::optional(c.latency->mean) : std::nullopt).joined(),
                        quantile(c, 0), quantile(c, 1), quantile(c, 2), quantile(c, 3), quantile(c, 4)});
    return table({{"Request type", Align::Left},
                  {"offered"},
                  {"carried"},
                  {"errors"},
                  {"mean"},
                  {"p50"},
                  {"p90"},
                  {"p95"},
                  {"p99"},
                  {"p99.9"}},
                 rows);
}

std::string targetTable(const document::Project& project, const Assessment& assessment) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& verdict : assessment.targets) {
        const auto& target = verdict.target;
        const std::string holds =
            verdict.holdsAtEveryLoad ? "every load" : text::factor(verdict.safeLoadFactor).joined();
        rows.push_back({assess::targetName(project, target),
                        fmt::format("{} {}", target.atMost ? "at most" : "at least",
                                    assess::targetFigure(target.metric, target.bound)),
                        verdict.value ? assess::targetFigure(target.metric, *verdict.value) : "–",
                        std::string(assess::verdictWord(verdict)), holds});
    }
    return table({{"Target", Align::Left}, {"wanted"}, {"is"}, {"verdict", Align::Left}, {"holds up to"}}, rows);
}

std::string componentTable(const Assessment& assessment) {
    std::vector<const assess::ComponentFigures*> order;
    for (const auto& component : assessment.components) order.push_back(&component);
    std::ranges::stable_sort(
        order, {}, [](const auto* c) { return c->saturationLoadFactor.value_or(std::numeric_limits<double>::max()); });
    std::vector<std::vector<std::string>> rows;
    for (const auto* c : order)
        rows.push_back({c->name, text::rate(c->offered).joined(),
                        text::utilisation(c->offeredUtilisation ? c->offeredUtilisation : c->utilisation).joined(),
                        text::duration(c->waitMean).joined(), text::duration(c->residenceMean).joined(),
                        text::duration(c->residenceP99).joined(), text::duration(c->responseMean).joined(),
                        text::factor(c->saturationLoadFactor).joined(),
                        fmt::format("{} of {}", c->defaultsUsed, c->inputs)});
    return table({{"Component", Align::Left},
                  {"visits"},
                  {"busy"},
                  {"wait"},
                  {"time here"},
                  {"p99 here"},
                  {"response"},
                  {"full at"},
                  {"assumed"}},
                 rows);
}

std::string_view word(assess::Severity severity) {
    switch (severity) {
    case assess::Severity::Error: return "error";
    case assess::Severity::Warning: return "warning";
    case assess::Severity::Hint: return "hint";
    }
    return "";
}

} // namespace

std::string problemLine(const assess::Problem& problem) {
    return problem.message;
}

std::string figuresTables(const document::Project& project, const Assessment& assessment) {
    std::string out = assess::verdict(project, assessment) + "\n";
    if (!assessment.classes.empty()) out += "\n" + classTable(assessment);
    if (!assessment.targets.empty()) out += "\n" + targetTable(project, assessment);
    if (!assessment.components.empty()) out += "\n" + componentTable(assessment);
    if (assessment.solved) {
        const auto* first = assessment.bottleneck ? assessment.component(assessment.bottleneck->component) : nullptr;
        out += fmt::format(
            "\nBottleneck: {}. Saturates at {}. Safe load: {}.\n",
            first ? fmt::format("{} ({})", first->name, text::resourceWord(assessment.bottleneck->resource)) : "none",
            text::factor(assessment.saturationLoadFactor).joined(), text::factor(assessment.safeLoadFactor).joined());
    }
    for (const auto& problem : assessment.problems)
        out += fmt::format("{}: {}\n", word(problem.severity), problemLine(problem));
    return out;
}

} // namespace plimsoll::gui::cli
