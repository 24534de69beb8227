#include "gui/report/parameter_text.h"

#include "gui/report/figure_cells.h"
#include "models/text/quantity_text.h"

#include <QStringList>

namespace plimsoll::gui::report {
namespace {

QString quantity(double exact, const components::Parameter& parameter) {
    constexpr int kDigits = 12; // what a double holds beyond is the noise of arithmetic: 600.00000000000011 us
    const double value = QString::number(exact, 'g', kDigits).toDouble();
    const std::string unit = text::shownUnit(value, parameter.dimension);
    const QString number = grouped(figure(text::fieldText(value, parameter.dimension, unit)));
    return unit.empty() || number.endsWith(figure(unit)) ? number : number + QLatin1Char(' ') + figure(unit);
}

QString choiceLabel(const components::Parameter& parameter, const std::string& word) {
    for (const auto& choice : parameter.choices)
        if (choice.word == word) return figure(std::string(choice.label));
    return figure(word);
}

} // namespace

QString grouped(QString number) {
    constexpr qsizetype kGroup = 3, kUngrouped = 4;
    qsizetype first = 0;
    while (first < number.size() && !number[first].isDigit()) ++first;
    qsizetype end = first;
    while (end < number.size() && number[end].isDigit()) ++end;
    if (end - first <= kUngrouped) return number;
    for (qsizetype place = end - kGroup; place > first; place -= kGroup) number.insert(place, QChar(0x2009));
    return number;
}

QString parameterText(const document::Project& project, const document::Component& component,
                      const components::Parameter& parameter) {
    using components::Dimension;
    const std::string key(parameter.key);
    const auto found = component.parameters.find(key);
    if (parameter.dimension == Dimension::Word) return choiceLabel(parameter, components::word(component, key));
    if (parameter.dimension == Dimension::Switch)
        return components::flag(component, key) ? QObject::tr("yes") : QObject::tr("no");
    if (parameter.dimension == Dimension::Words) {
        QStringList words;
        if (found != component.parameters.end())
            for (const auto& word : std::get<std::vector<std::string>>(found->second))
                words << choiceLabel(parameter, word);
        return words.isEmpty() ? QObject::tr("none") : words.join(QStringLiteral(", "));
    }
    const auto number = components::number(component, key);
    QString shown = number ? quantity(*number, parameter) : figure(std::string(parameter.absent));
    if (found == component.parameters.end()) return shown;
    const auto& numeric = std::get<document::Numeric>(found->second);
    if (numeric.range)
        shown = QObject::tr("%1 to %2, likely %3")
                    .arg(quantity(numeric.range->low, parameter), quantity(numeric.range->high, parameter), shown);
    for (const auto& [classId, value] : numeric.byClass) {
        const auto* requestClass = document::findClass(project, classId);
        shown += QStringLiteral("; %1 %2").arg(figure(requestClass ? requestClass->name : classId),
                                               quantity(value, parameter));
    }
    return shown;
}

} // namespace plimsoll::gui::report
