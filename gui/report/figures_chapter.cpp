#include "gui/report/chapters.h"
#include "gui/report/figure_cells.h"
#include "gui/report/text_blocks.h"
#include "models/assess/verdict.h"
#include "models/components/component_type.h"
#include "models/text/resource_text.h"

#include <algorithm>

namespace plimsoll::gui::report {
namespace {

QString title(const Source& source) {
    const auto& targets = source.assessment.targets;
    if (targets.empty()) return QObject::tr("Every figure at this load; no target is set");
    const auto judged = std::ranges::count_if(targets, [](const auto& t) { return t.met.has_value(); });
    const auto missed = std::ranges::count_if(targets, [](const auto& t) { return t.met == false; });
    if (judged == 0) return QObject::tr("Every figure at this load; no target has a verdict");
    if (missed == 0)
        return judged == 1 ? QObject::tr("The target is met at this load")
                           : QObject::tr("All %1 targets are met at this load").arg(judged);
    if (judged == 1) return QObject::tr("The target is missed at this load");
    return missed == 1 ? QObject::tr("One of %1 targets is missed at this load").arg(judged)
                       : QObject::tr("%1 of %2 targets are missed at this load").arg(missed).arg(judged);
}

std::vector<Block> classTable(const Source& source) {
    std::vector<TableRow> rows;
    for (const auto& c : source.assessment.classes) {
        TableRow row;
        row.cells.push_back({.text = figure(c.name), .bold = true, .chip = classColour(source, c.id)});
        row.cells.push_back({perSecond(c.offered)});
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
    return tableBlocks({{QObject::tr("Request type")},
                        {QObject::tr("Rate, /s"), true},
                        {QObject::tr("Mean"), true},
                        {QStringLiteral("p50"), true},
                        {QStringLiteral("p90"), true},
                        {QStringLiteral("p95"), true},
                        {QStringLiteral("p99"), true},
                        {QStringLiteral("p99.9"), true},
                        {QObject::tr("Errors"), true}},
                       rows);
}

std::vector<Block> targetTable(const Source& source) {
    std::vector<TableRow> rows;
    for (const auto& t : source.assessment.targets) {
        const QString holds =
            t.holdsAtEveryLoad ? QObject::tr("every load tried") : figure(text::factor(t.safeLoadFactor).joined());
        rows.push_back({{{figure(assess::targetName(source.project, t.target))},
                         {wantedWords(t)},
                         targetValueCell(t),
                         verdictCell(t),
                         {holds, t.safeLoadFactor && !t.holdsAtEveryLoad ? QStringLiteral("a") : QString()}}});
    }
    return tableBlocks({{QObject::tr("Target")},
                        {QObject::tr("Wanted"), true},
                        {QObject::tr("Value"), true},
                        {QObject::tr("Verdict")},
                        {QObject::tr("Holds up to"), true}},
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
        rows.push_back({{{.text = figure(c->name), .bold = true},
                         {.text = subtitle, .colour = kMuted},
                         {perSecond(c->offered)},
                         numberCell(text::utilisation(c->offeredUtilisation)),
                         millisecondsCell(c->waitMean, letter),
                         millisecondsCell(c->residenceMean, letter),
                         millisecondsCell(c->residenceP99, letter),
                         numberCell(text::factor(c->saturationLoadFactor)),
                         {QObject::tr("%1 of %2").arg(c->defaultsUsed).arg(c->inputs)}}});
    }
    return tableBlocks({{QObject::tr("Component")},
                        {QObject::tr("Kind")},
                        {QObject::tr("Offered, /s"), true},
                        {QObject::tr("Busy"), true},
                        {QObject::tr("Wait"), true},
                        {QObject::tr("Time here"), true},
                        {QObject::tr("p99 here"), true},
                        {QObject::tr("Full at"), true},
                        {QObject::tr("Inputs assumed"), true}},
                       rows);
}

/// The resources of components that have several: which of them is the busy one, and how much room the others have.
std::vector<Block> resourceTable(const Source& source) {
    std::vector<TableRow> rows;
    for (const auto* c : byOrderOfFilling(source.assessment)) {
        if (c->resources.size() < 2) continue;
        const Cell name{.text = figure(c->name), .bold = true};
        for (const auto& resource : c->resources) {
            const QString letter = letterOf(resource.result.method);
            const auto& wait = resource.result.wait;
            rows.push_back({{&resource == &c->resources.front() ? name : Cell{},
                             {figure(text::resourceWord(resource.name))},
                             {perSecond(resource.result.offered)},
                             numberCell(text::utilisation(resource.result.demand), letter),
                             millisecondsCell(wait ? std::optional(wait->mean) : std::nullopt, letter),
                             numberCell(text::factor(resource.result.saturationFactor), letter)},
                            false,
                            name});
        }
    }
    if (rows.empty()) return {};
    return tableBlocks({{QObject::tr("Component")},
                        {QObject::tr("Resource")},
                        {QObject::tr("Offered, /s"), true},
                        {QObject::tr("Busy"), true},
                        {QObject::tr("Wait"), true},
                        {QObject::tr("Full at"), true}},
                       rows);
}

std::vector<Block> callTable(const Source& source) {
    std::vector<TableRow> rows;
    const auto name = [&](const document::Id& id) {
        const auto* component = source.assessment.component(id);
        return figure(component ? component->name : id);
    };
    for (const auto& link : source.assessment.links) {
        const bool again = !rows.empty() && &link != &source.assessment.links.front() && (&link - 1)->from == link.from;
        const Cell from{.text = name(link.from), .bold = true};
        rows.push_back({{again ? Cell{} : from, {name(link.to)}, {perSecond(link.offered)}, {perSecond(link.carried)}},
                        false,
                        from});
    }
    if (rows.empty()) return {};
    return tableBlocks({{QObject::tr("From")},
                        {QObject::tr("To")},
                        {QObject::tr("Offered, /s"), true},
                        {QObject::tr("Carried, /s"), true}},
                       rows);
}

void addTable(Chapter& chapter, const QString& heading, std::vector<Block> table) {
    if (table.empty()) return;
    chapter.blocks.push_back(sectionHeading(heading));
    append(chapter.blocks, std::move(table));
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
    addTable(chapter, QObject::tr("Resources at %1, milliseconds").arg(load), resourceTable(source));
    addTable(chapter, QObject::tr("Calls at %1").arg(load), callTable(source));
    append(chapter.blocks, note(QObject::tr("Order: first to fill. Busy is the busiest resource of the busiest "
                                            "instance, over 100 % where more work is offered than can be done. "
                                            "Wait and time here are per visit, downstream excluded.")));
    append(
        chapter.blocks,
        note(QObject::tr(
            "Letters: a analytic, s simulated. Latency counts successful requests, from the first attempt's start to "
            "the "
            "final success. "
            "Errors are over all requests. A dash is a figure that does not exist; the list of problems says why.")));
    return chapter;
}

} // namespace plimsoll::gui::report
