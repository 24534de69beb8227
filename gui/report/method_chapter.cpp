#include "gui/report/chapters.h"
#include "gui/report/figure_cells.h"
#include "gui/report/page_metrics.h"
#include "gui/report/text_blocks.h"
#include "models/assess/method_text.h"

#include <QLocale>
#include <QRegularExpression>

#include <set>

namespace plimsoll::gui::report {
namespace {

/// With a minus sign before numbers ("p95 -2.4 %").
QString view(std::string_view text) {
    static const QRegularExpression minus(QStringLiteral("(?<= )-(?=\\d)"));
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).replace(minus, QStringLiteral("\u2212"));
}

/// The methods behind this report's figures.
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

std::vector<Block> methodTable(const Source& source) {
    std::vector<TableRow> rows;
    for (const auto* method : methodsUsed(source.assessment))
        rows.push_back({{{.text = view(method->name), .bold = true},
                         {QObject::tr("%1 Assumes: %2").arg(view(method->text), view(method->assumptions))},
                         {view(method->validity)},
                         {.text = view(method->source), .colour = kMuted}}});
    if (rows.empty()) return paragraph(QObject::tr("No figure of this report needed a formula."));
    return tableBlocks({{QObject::tr("Method")}, {QObject::tr("How")}, {QObject::tr("Valid")}, {QObject::tr("Source")}},
                       rows);
}

using Meanings = std::vector<std::pair<QString, QString>>;

std::vector<Block> meaningTable(const Meanings& meanings) {
    std::vector<TableRow> rows;
    for (const auto& [word, words] : meanings) rows.push_back({{{.text = word, .bold = true}, {words}}});
    return tableBlocks({{}, {}}, rows, kHalfWidth);
}

Block wordsBlock() {
    const Meanings left{
        {QObject::tr("Latency"), QObject::tr("Over successful requests, from the first attempt's start to the final "
                                             "success. Fast failures never improve it.")},
        {QObject::tr("p99"), QObject::tr("99 of 100 successful requests are at most this slow.")},
        {QObject::tr("Time here"), QObject::tr("Residence: waiting and service at a component's own resources a "
                                               "visit, downstream excluded. Wait is the waiting part of it.")},
        {QObject::tr("Busy"), QObject::tr("Utilisation of the busiest resource on the busiest instance.")}};
    const Meanings right{
        {QObject::tr("Bottleneck"), QObject::tr("The resource whose capacity, raised by 1 %, raises the saturation "
                                                "load most; not the highest utilisation.")},
        {QObject::tr("Full at"),
         QObject::tr("Saturation: the smallest factor on all arrivals at which a queue has no steady state.")},
        {QObject::tr("Safe load"),
         QObject::tr("The largest factor up to which a target holds at every load from the present one on.")},
        {QObject::tr("Assumed"), QObject::tr("A value that the program brought and nobody confirmed.")}};
    return besideEachOther(meaningTable(left), meaningTable(right));
}

/// What a problem is about: the names of a component, of the ends of a link or of a request type.
QString subjectOf(const Source& source, const assess::Problem& problem) {
    const auto name = [&](const document::Id& id) {
        const auto* component = source.assessment.component(id);
        return component ? figure(component->name) : className(source, id);
    };
    if (problem.component.empty()) return QObject::tr("The whole");
    const std::size_t arrow = problem.component.find('>');
    if (arrow == document::Id::npos) return name(problem.component);
    return QObject::tr("%1 to %2")
        .arg(name(problem.component.substr(0, arrow)), name(problem.component.substr(arrow + 1)));
}

QString againWords(const Source& source) {
    const QString factor = QString::number(source.assessment.loadFactor, 'g', QLocale::FloatingPointShortest);
    return QObject::tr("To get this report again: plimsoll report PROJECT --scenario %1 --load-factor %2 -o "
                       "report.pdf, with Plimsoll %3. The same project gives the same bytes on the same day.")
        .arg(figure(source.assessment.scenario), factor, QStringLiteral(PLIMSOLL_VERSION));
}

} // namespace

Chapter methodChapter(const Source& source) {
    Chapter chapter{QObject::tr("Method"), QObject::tr("How each figure was made, and its limits"), {}};
    chapter.blocks.push_back(sectionHeading(QObject::tr("Methods used")));
    append(chapter.blocks, methodTable(source));
    if (!source.assessment.problems.empty()) {
        chapter.blocks.push_back(sectionHeading(QObject::tr("What the figures do not say")));
        std::vector<TableRow> rows;
        rows.reserve(source.assessment.problems.size());
        for (const auto& problem : source.assessment.problems)
            rows.push_back({{{.text = subjectOf(source, problem), .bold = true}, {figure(problem.message)}}});
        append(chapter.blocks, tableBlocks({{QObject::tr("Where")}, {QObject::tr("Remark")}}, rows));
    }
    chapter.blocks.push_back(sectionHeading(QObject::tr("Left out of the model")));
    append(chapter.blocks, paragraph(QObject::tr("Correlated (MMPP) arrivals, batch service, blocking after service, "
                                                 "circuit-breaker states, correlation of service times along a "
                                                 "request, TCP dynamics."),
                                     kFigureText));
    chapter.blocks.push_back(sectionHeading(QObject::tr("Words")));
    chapter.blocks.push_back(wordsBlock());
    append(chapter.blocks, note(againWords(source)));
    return chapter;
}

} // namespace plimsoll::gui::report
