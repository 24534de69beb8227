#include "gui/report/chapters.h"
#include "gui/report/figure_cells.h"
#include "gui/report/text_blocks.h"
#include "models/assess/verdict.h"
#include "models/components/component_type.h"

#include <algorithm>

namespace plimsoll::gui::report {
namespace {

QString title(const Source& source) {
    const auto& targets = source.assessment.targets;
    const auto judged = std::ranges::count_if(targets, [](const auto& t) { return t.met.has_value(); });
    const auto met = std::ranges::count_if(targets, [](const auto& t) { return t.met == true; });
    if (judged == 0) return QObject::tr("Every figure at this load; no target is set");
    if (met == judged) return QObject::tr("All %1 targets are met at this load").arg(judged);
    return QObject::tr("%1 of %2 targets are missed at this load").arg(judged - met).arg(judged);
}

std::vector<Block> classTable(const Source& source) {
    std::vector<TableRow> rows;
    for (const auto& c : source.assessment.classes) {
        TableRow row;
        row.cells.push_back({figure(c.name), {}, true, {}});
        row.cells.push_back(numberCell({text::rate(c.offered).number, ""}, {}));
        const QString letter = c.latency ? letterOf(c.latency->method) : QString();
        const auto quantile = [&](std::size_t level, bool bold = false) {
            row.cells.push_back(
                millisecondsCell(c.latency ? std::optional(c.latency->quantile[level]) : std::nullopt, letter, bold));
        };
        row.cells.push_back(millisecondsCell(c.latency ? std::optional(c.latency->mean) : std::nullopt, letter));
        for (const std::size_t level : {0, 1, 2}) quantile(level);
        quantile(3, true);
        quantile(4);
        row.cells.push_back(numberCell(text::share(c.errorShare)));
        rows.push_back(std::move(row));
    }
    return tableBlocks({{QObject::tr("Request type"), 2.4},
                        {QObject::tr("Rate, /s"), 1.1, true},
                        {QObject::tr("Mean"), 1, true},
                        {QStringLiteral("p50"), 1, true},
                        {QStringLiteral("p90"), 1, true},
                        {QStringLiteral("p95"), 1, true},
                        {QStringLiteral("p99"), 1, true},
                        {QStringLiteral("p99.9"), 1, true},
                        {QObject::tr("Errors"), 1.2, true}},
                       rows);
}

std::vector<Block> targetTable(const Source& source) {
    std::vector<TableRow> rows;
    for (const auto& t : source.assessment.targets) {
        const QString bound = figure(assess::targetFigure(t.target.metric, t.target.bound));
        const QString wanted =
            t.target.atMost ? QObject::tr("at most %1").arg(bound) : QObject::tr("at least %1").arg(bound);
        const QString holds =
            t.holdsAtEveryLoad ? QObject::tr("every load") : figure(text::factor(t.safeLoadFactor).joined());
        Cell verdict{!t.met   ? QObject::tr("no verdict")
                     : *t.met ? QObject::tr("met")
                              : QObject::tr("missed"),
                     {},
                     t.met == false,
                     kMuted};
        if (t.met) verdict.colour = *t.met ? kMet : kMissed;
        const bool absent = !t.value;
        rows.push_back({{{figure(assess::targetName(source.project, t.target)), {}, false, {}},
                         {wanted, {}, false, {}},
                         {absent ? QStringLiteral("–") : figure(assess::targetFigure(t.target.metric, *t.value)),
                          absent ? QString() : QStringLiteral("a"),
                          true,
                          {}},
                         verdict,
                         {holds, t.safeLoadFactor ? QStringLiteral("a") : QString(), false, {}}}});
    }
    return tableBlocks({{QObject::tr("Target"), 2},
                        {QObject::tr("Wanted"), 1.4, true},
                        {QObject::tr("Value"), 1.2, true},
                        {QObject::tr("Verdict"), 1.2},
                        {QObject::tr("Holds up to"), 1.2, true}},
                       rows);
}

std::vector<Block> componentTable(const Source& source) {
    std::vector<TableRow> rows;
    const auto* scenario = document::findScenario(source.project, source.assessment.scenario);
    for (const auto* c : byOrderOfFilling(source.assessment)) {
        const auto* drawn = document::findComponent(*scenario, c->id);
        const auto* type = components::findType(c->type);
        if (!drawn || !type || type->capabilities.contains) continue;
        const QString subtitle = type->subtitle ? figure(type->subtitle(*drawn)) : figure(std::string(type->label));
        const QString letter = QStringLiteral("a");
        rows.push_back({{{figure(c->name), {}, true, {}},
                         {subtitle, {}, false, kMuted},
                         numberCell({text::rate(c->offered).number, ""}, {}),
                         numberCell(text::utilisation(c->offeredUtilisation)),
                         millisecondsCell(c->waitMean, letter),
                         millisecondsCell(c->residenceMean, letter),
                         millisecondsCell(c->residenceP99, letter),
                         numberCell(text::factor(c->saturationLoadFactor)),
                         {QObject::tr("%1 of %2").arg(c->defaultsUsed).arg(c->inputs), {}, false, {}}}});
    }
    return tableBlocks({{QObject::tr("Component"), 1.9},
                        {{}, 2.1},
                        {QObject::tr("Offered, /s"), 1.2, true},
                        {QObject::tr("Busy"), 1, true},
                        {QObject::tr("Wait"), 1, true},
                        {QObject::tr("Time here"), 1.1, true},
                        {QObject::tr("p99 here"), 1.1, true},
                        {QObject::tr("Full at"), 1.1, true},
                        {QObject::tr("Assumed"), 1.1, true}},
                       rows);
}

} // namespace

Chapter figuresChapter(const Source& source) {
    Chapter chapter{QObject::tr("Figures"), title(source), {}};
    const QString load = figure(text::factor(source.assessment.loadFactor).joined());
    chapter.blocks.push_back(sectionHeading(QObject::tr("Request types at %1, milliseconds").arg(load)));
    append(chapter.blocks, classTable(source));
    if (!source.assessment.targets.empty()) {
        chapter.blocks.push_back(sectionHeading(QObject::tr("Targets")));
        append(chapter.blocks, targetTable(source));
    }
    chapter.blocks.push_back(sectionHeading(QObject::tr("Components at %1, milliseconds").arg(load)));
    append(chapter.blocks, componentTable(source));
    chapter.blocks.push_back(note(QObject::tr("Order: first to fill. Busy is the busiest resource of the busiest "
                                              "instance, over 100 % where more work is offered than can be done. "
                                              "Wait and time here are per visit, downstream excluded.")));
    chapter.blocks.push_back(note(QObject::tr(
        "Letters: a analytic, s simulated. Latency counts successful requests, from the first attempt's start to the "
        "final success. "
        "Errors are over all requests. A dash is a figure that does not exist; the list of problems says why.")));
    return chapter;
}

} // namespace plimsoll::gui::report
