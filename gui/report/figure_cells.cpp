#include "gui/report/figure_cells.h"

#include <algorithm>
#include <limits>

namespace plimsoll::gui::report {

void setFigure(QString& number, QString& unit, const text::Figure& value) {
    number = figure(value.number);
    unit = figure(value.unit);
}

QString letterOf(const flow::Method& method) {
    return method.exactness == flow::Exactness::Simulated ? QStringLiteral("s") : QStringLiteral("a");
}

Cell numberCell(const text::Figure& value, const QString& letter, bool bold) {
    const bool absent = value.number == "–";
    return {figure(value.joined()), absent ? QString() : letter, bold, {}};
}

Cell millisecondsCell(std::optional<Seconds> value, const QString& letter, bool bold) {
    if (!value) return {QStringLiteral("–"), {}, bold, {}};
    const double milliseconds = value->count() * 1e3;
    if (milliseconds > 0 && milliseconds < 0.01) return {QStringLiteral("< 0.01"), letter, bold, {}};
    return {figure(milliseconds == 0 ? "0" : text::significant(milliseconds)), letter, bold, {}};
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
    for (const auto& component : assessment.components) order.push_back(&component);
    std::ranges::stable_sort(
        order, {}, [](const auto* c) { return c->saturationLoadFactor.value_or(std::numeric_limits<double>::max()); });
    return order;
}

} // namespace plimsoll::gui::report
