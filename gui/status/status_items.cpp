#include "gui/status/status_items.h"

#include "models/assess/verdict.h"
#include "models/text/figure_text.h"
#include "models/text/resource_text.h"

#include <QObject>

#include <algorithm>

namespace plimsoll::gui {
namespace {

using Kind = StatusItem::Kind;
using Tone = StatusItem::Tone;
constexpr std::size_t kP99 = 3; // of flow::kLevels
const QString kDash(QChar(0x2013));

QString joined(const text::Figure& figure) {
    return QString::fromStdString(figure.joined());
}

const assess::TargetVerdict* p99Target(const assess::Assessment& assessment, const document::Id& id) {
    for (const auto& verdict : assessment.targets)
        if (verdict.target.classId == id && verdict.target.metric == document::Metric::P99) return &verdict;
    return nullptr;
}

StatusItem latencyItem(const assess::Assessment* assessment) {
    StatusItem item{.kind = Kind::Latency, .before = QStringLiteral("p99"), .figure = kDash};
    const auto* worst = assessment && assessment->solved ? worstClass(*assessment) : nullptr;
    if (!worst) return item;
    item.after = QString::fromStdString(worst->name);
    item.jump = QString::fromStdString(worst->id);
    const auto* target = p99Target(*assessment, worst->id);
    if (!worst->latency) {
        item.figure = QObject::tr("no steady state");
        item.tone = Tone::Error;
        item.icon = QStringLiteral("warning");
        return item;
    }
    item.figure = joined(text::duration(worst->latency->quantile[kP99]));
    if (!target || !target->met) return item;
    item.tone = *target->met ? Tone::Good : Tone::Error;
    item.icon = *target->met ? QStringLiteral("check") : QStringLiteral("warning");
    item.tooltip = QObject::tr("Target: %1")
                       .arg(QString::fromStdString(assess::targetFigure(target->target.metric, target->target.bound)));
    return item;
}

StatusItem targetsItem(const document::Project& project, const assess::Assessment* assessment) {
    StatusItem item{.kind = Kind::Targets, .before = QObject::tr("Targets"), .figure = kDash};
    if (project.targets.empty()) {
        item.after = QObject::tr("set one to see the safe load");
        return item;
    }
    if (!assessment || !assessment->solved) return item;
    int met = 0, known = 0;
    for (const auto& verdict : assessment->targets) {
        met += verdict.met.value_or(false);
        known += verdict.met.has_value();
    }
    item.figure = QObject::tr("%1 of %2 met").arg(met).arg(assessment->targets.size());
    if (met < known) item.tone = Tone::Error;
    return item;
}

StatusItem safeLoadItem(const assess::Assessment* assessment, double loadFactor) {
    StatusItem item{.kind = Kind::SafeLoad,
                    .icon = QStringLiteral("plimsoll"),
                    .before = QObject::tr("Safe load"),
                    .figure = kDash};
    if (!assessment || !assessment->solved) return item;
    if (assessment->safeLoadFactor) {
        item.figure = joined(text::factor(assessment->safeLoadFactor));
        if (loadFactor > *assessment->safeLoadFactor) {
            item.tone = Tone::Error;
            item.after = QObject::tr("load is %1").arg(joined(text::factor(loadFactor)));
        }
    } else if (assessment->targets.empty())
        item.after = QObject::tr("no target");
    else if (std::ranges::all_of(assessment->targets, &assess::TargetVerdict::holdsAtEveryLoad))
        item.after = QObject::tr("holds at every load");
    else if (std::ranges::any_of(assessment->targets, [](const auto& one) { return one.met == false; }))
        item.after = QObject::tr("at no load");
    return item;
}

StatusItem bottleneckItem(const assess::Assessment* assessment) {
    StatusItem item{.kind = Kind::Bottleneck, .before = QObject::tr("Bottleneck"), .figure = kDash};
    if (!assessment || !assessment->bottleneck) return item;
    const auto* component = assessment->component(assessment->bottleneck->component);
    if (!component) return item;
    item.figure = QString::fromStdString(component->name);
    item.after = QString::fromStdString(text::resourceWord(assessment->bottleneck->resource));
    item.jump = QString::fromStdString(component->id);
    return item;
}

StatusItem problemsItem(const std::vector<assess::Problem>& problems) {
    StatusItem item{.kind = Kind::Problems};
    int errors = 0, warnings = 0, hints = 0;
    for (const auto& problem : problems) {
        errors += problem.severity == assess::Severity::Error;
        warnings += problem.severity == assess::Severity::Warning;
        hints += problem.severity == assess::Severity::Hint;
        if (!problem.message.empty() && item.tooltip.count('\n') < 9)
            item.tooltip += (item.tooltip.isEmpty() ? "" : "\n") + QString::fromStdString(problem.message);
    }
    QStringList words;
    if (errors > 0)
        words += QObject::tr("%1 %2").arg(errors).arg(errors == 1 ? QObject::tr("problem") : QObject::tr("problems"));
    if (warnings > 0)
        words +=
            QObject::tr("%1 %2").arg(warnings).arg(warnings == 1 ? QObject::tr("warning") : QObject::tr("warnings"));
    if (hints > 0)
        words += QObject::tr("%1 %2").arg(hints).arg(hints == 1 ? QObject::tr("hint") : QObject::tr("hints"));
    item.before = words.isEmpty() ? QObject::tr("No problems") : words.join(QStringLiteral(", "));
    item.tone = errors > 0 ? Tone::Error : warnings > 0 ? Tone::Warning : Tone::Plain;
    if (errors + warnings > 0)
        item.icon = QStringLiteral("warning");
    else if (hints > 0)
        item.icon = QStringLiteral("info");
    return item;
}

} // namespace

const assess::ClassFigures* worstClass(const assess::Assessment& assessment) {
    const assess::ClassFigures* worst = nullptr;
    double highest = -1;
    for (const auto& one : assessment.classes) {
        if (!(one.offered.value > 0)) continue;
        if (!one.latency) return &one;
        const double p99 = toSeconds(one.latency->quantile[kP99]);
        const auto* target = p99Target(assessment, one.id);
        // Those with a target come before those without, by how near they are to it.
        constexpr double kWithTarget = 1e9;
        const double rank = target && target->target.bound > 0 ? kWithTarget * (1 + p99 / target->target.bound) : p99;
        if (rank > highest) {
            highest = rank;
            worst = &one;
        }
    }
    return worst;
}

std::vector<StatusItem> statusItems(const document::Project& project, const assess::Assessment* assessment,
                                    const std::vector<assess::Problem>& problems, double loadFactor) {
    std::vector<StatusItem> items{
        latencyItem(assessment),
        targetsItem(project, assessment),
        safeLoadItem(assessment, loadFactor),
        bottleneckItem(assessment),
        {.kind = Kind::Cost,
         .before = QObject::tr("Cost"),
         .figure = kDash,
         .after = QObject::tr("not computed yet"),
         .tooltip = QObject::tr("This version has no price catalogue. An unknown cost is not zero.")},
        problemsItem(problems)};
    StatusItem time{.kind = Kind::SolveTime, .before = QObject::tr("Not solved")};
    if (assessment && assessment->solved)
        time.before = QObject::tr("Solved in %1").arg(joined(text::duration(assessment->solveTime)));
    items.push_back(std::move(time));
    return items;
}

} // namespace plimsoll::gui
