#include "gui/report/chapters.h"
#include "gui/report/figure_cells.h"
#include "gui/report/page_metrics.h"
#include "gui/report/text_blocks.h"
#include "models/assess/method_text.h"

#include <algorithm>
#include <set>

namespace plimsoll::gui::report {
namespace {

/// The methods behind this report's figures, in the engine's order.
std::vector<const assess::MethodText*> methodsUsed(const assess::Assessment& assessment) {
    std::set<std::string_view> ids;
    for (const auto& c : assessment.classes)
        if (c.latency) ids.insert(c.latency->method.id);
    for (const auto& component : assessment.components)
        for (const auto& resource : component.resources) {
            ids.insert(resource.result.method.id);
            if (resource.result.wait) ids.insert(resource.result.wait->method.id);
        }
    std::vector<const assess::MethodText*> used;
    for (const auto id : ids)
        if (const auto* text = assess::methodText(id)) used.push_back(text);
    return used;
}

QString view(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

void addWords(std::vector<Block>& blocks) {
    const std::pair<QString, QString> words[] = {
        {QObject::tr("Latency"), QObject::tr("Percentiles are over successful requests, from the first attempt's start "
                                             "to the final success. Fast failures never improve one.")},
        {QObject::tr("Time here (residence)"),
         QObject::tr("Waiting and service at a component's own resources per visit, downstream excluded. Response "
                     "includes downstream; wait is the waiting part of residence.")},
        {QObject::tr("Busy (utilisation)"), QObject::tr("That of the busiest resource on the busiest instance.")},
        {QObject::tr("Bottleneck"), QObject::tr("The resource whose capacity, raised by 1 %, raises the saturation "
                                                "load most; not the highest utilisation.")},
        {QObject::tr("Full at (saturation)"),
         QObject::tr("The smallest factor on all arrivals at which a queue has no steady state.")},
        {QObject::tr("Safe load"),
         QObject::tr("The largest factor up to which a target holds at every load from the present one on.")}};
    std::vector<TableRow> rows;
    for (const auto& [word, meaning] : words) rows.push_back({{{word, {}, true, {}}, {meaning, {}, false, {}}}});
    append(blocks, tableBlocks({{QObject::tr("Word"), 2}, {QObject::tr("Meaning"), 7}}, rows));
}

} // namespace

Chapter methodChapter(const Source& source) {
    Chapter chapter{QObject::tr("Method"), QObject::tr("How each figure was made, and where the model ends"), {}};
    chapter.blocks.push_back(sectionHeading(QObject::tr("Methods used")));
    for (const auto* method : methodsUsed(source.assessment)) {
        chapter.blocks.push_back(blockHeading(view(method->name)));
        chapter.blocks.push_back(paragraph(view(method->text), 9.5));
        chapter.blocks.push_back(paragraph(
            QObject::tr("Assumes: %1 Valid: %2").arg(view(method->assumptions), view(method->validity)), 9.5));
        chapter.blocks.push_back(note(QObject::tr("Source: %1").arg(view(method->source))));
    }
    if (!source.assessment.problems.empty()) {
        chapter.blocks.push_back(sectionHeading(QObject::tr("What the figures do not say")));
        std::vector<TableRow> rows;
        for (const auto& problem : source.assessment.problems)
            rows.push_back({{{figure(problem.message), {}, false, {}}}});
        append(chapter.blocks, tableBlocks({{QObject::tr("Problem"), 1}}, rows));
    }
    chapter.blocks.push_back(sectionHeading(QObject::tr("Left out of the model")));
    chapter.blocks.push_back(paragraph(QObject::tr("Correlated (MMPP) arrivals, batch service, blocking after service, "
                                                   "circuit-breaker states, correlation of service "
                                                   "times along a request, TCP dynamics."),
                                       9.5));
    chapter.blocks.push_back(sectionHeading(QObject::tr("Words")));
    addWords(chapter.blocks);
    return chapter;
}

} // namespace plimsoll::gui::report
