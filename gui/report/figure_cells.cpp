#include "gui/report/figure_cells.h"

#include "gui/report/text_blocks.h"
#include "gui/theme/theme.h"
#include "models/assess/verdict.h"

#include <algorithm>
#include <limits>

namespace plimsoll::gui::report {

void setFigure(QString& number, QString& unit, const text::Figure& value) {
    number = figure(value.number);
    unit = figure(value.unit);
}

QString briefName(const QString& name) {
    constexpr qsizetype kMost = 240;
    if (name.size() <= kMost) return name;
    return QObject::tr("%1 (in full in the chapter on figures)").arg(name.left(kMost).section(QLatin1Char(' '), 0, -2));
}

QString letterOf(const flow::Method& method) {
    return method.exactness == flow::Exactness::Simulated ? QStringLiteral("s") : QStringLiteral("a");
}

Cell numberCell(const text::Figure& value, const QString& letter, bool bold) {
    const bool absent = value.number == "–";
    return {figure(value.joined()), absent ? QString() : letter, bold};
}

Cell millisecondsCell(std::optional<Seconds> value, const QString& letter, bool bold) {
    if (!value) return {QStringLiteral("–"), {}, bold};
    const double milliseconds = value->count() * 1e3;
    if (milliseconds > 0 && milliseconds < 0.01) return {QStringLiteral("< 0.01"), letter, bold};
    return {figure(milliseconds == 0 ? "0" : text::significant(milliseconds)), letter, bold};
}

QString perSecond(PerSecond value) {
    const text::Figure shown = text::rate(value);
    const QString unit = figure(shown.unit);
    if (unit == QLatin1String("/min") || unit == QLatin1String("/h")) return figure(text::significant(value.value));
    const QString prefix = unit.chopped(unit.isEmpty() ? 0 : 2); // of "M/s"
    return prefix.isEmpty() ? figure(shown.number) : figure(shown.number) + QLatin1Char(' ') + prefix;
}

QColor classColour(const Source& source, const document::Id& id) {
    const auto& colours = lightTheme().series;
    const auto found = std::ranges::find(source.project.classes, id, &document::RequestClass::id);
    return colours[static_cast<std::size_t>(found - source.project.classes.begin()) % colours.size()];
}

QString wantedWords(const assess::TargetVerdict& verdict) {
    const QString bound = figure(assess::targetFigure(verdict.target.metric, verdict.target.bound));
    return verdict.target.atMost ? QObject::tr("at most %1").arg(bound) : QObject::tr("at least %1").arg(bound);
}

Cell targetValueCell(const assess::TargetVerdict& verdict) {
    if (!verdict.value) return {.text = QStringLiteral("–"), .bold = true};
    return {figure(assess::targetFigure(verdict.target.metric, *verdict.value)), QStringLiteral("a"), true};
}

Cell verdictCell(const assess::TargetVerdict& verdict) {
    if (!verdict.met) return {.text = QObject::tr("no verdict"), .colour = kMuted};
    if (*verdict.met) return {.text = QObject::tr("met"), .colour = kMet};
    return {.text = verdict.canCollapse ? QObject::tr("can collapse") : QObject::tr("missed"),
            .bold = true,
            .colour = kMissed};
}

QString className(const Source& source, const document::Id& id) {
    const auto* found = document::findClass(source.project, id);
    return figure(found ? found->name : id);
}

InputTotals inputTotals(const Source& source) {
    InputTotals totals;
    for (const auto& component : source.assessment.components) {
        totals.defaults += component.defaultsUsed;
        totals.all += component.inputs;
    }
    return totals;
}

std::vector<const assess::ComponentFigures*> byOrderOfFilling(const assess::Assessment& assessment) {
    std::vector<const assess::ComponentFigures*> order;
    order.reserve(assessment.components.size());
    for (const auto& component : assessment.components) order.push_back(&component);
    std::ranges::stable_sort(
        order, {}, [](const auto* c) { return c->saturationLoadFactor.value_or(std::numeric_limits<double>::max()); });
    return order;
}

} // namespace plimsoll::gui::report
