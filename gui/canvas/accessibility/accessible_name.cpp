#include "gui/canvas/accessibility/accessible_name.h"

#include "models/components/component_type.h"
#include "models/text/figure_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

namespace plimsoll::gui {
namespace {

QString say(const char* text) {
    return QCoreApplication::translate("CardName", text);
}

QString counted(int count, const char* one, const char* many) {
    return count == 1 ? say(one) : say(many).arg(count);
}

/// A length of time with its unit spelt out: screen readers say "ms" letter by letter.
QString spoken(const text::Figure& figure) {
    static const std::pair<const char*, const char*> kUnits[] = {
        {"ns", QT_TRANSLATE_NOOP("CardName", "nanoseconds")},  {"µs", QT_TRANSLATE_NOOP("CardName", "microseconds")},
        {"ms", QT_TRANSLATE_NOOP("CardName", "milliseconds")}, {"s", QT_TRANSLATE_NOOP("CardName", "seconds")},
        {"min", QT_TRANSLATE_NOOP("CardName", "minutes")},     {"h", QT_TRANSLATE_NOOP("CardName", "hours")}};
    for (const auto& [unit, word] : kUnits)
        if (figure.unit == unit) return QString::fromStdString(figure.number) + u' ' + say(word);
    return QString::fromStdString(figure.joined());
}

void addFigures(QStringList& parts, const assess::ComponentFigures& figures) {
    const auto busy = figures.offeredUtilisation ? figures.offeredUtilisation : figures.utilisation;
    if (busy) {
        const QString number = QString::fromStdString(text::utilisation(busy).number);
        parts << (*busy > 1 ? say("%1 percent offered") : say("%1 percent busy")).arg(number);
    }
    if (figures.residenceP99) parts << say("p99 %1").arg(spoken(text::duration(figures.residenceP99)));
    static constexpr std::array kOrder{QT_TRANSLATE_NOOP("CardName", "saturates first"),
                                       QT_TRANSLATE_NOOP("CardName", "saturates second"),
                                       QT_TRANSLATE_NOOP("CardName", "saturates third")};
    if (figures.saturationRank >= 1 && figures.saturationRank <= static_cast<int>(kOrder.size()))
        parts << say(kOrder[static_cast<std::size_t>(figures.saturationRank - 1)]);
}

} // namespace

QString accessibleName(const document::Component& component, const assess::Assessment* assessment,
                       const std::vector<assess::Problem>& problems) {
    QStringList parts{QString::fromStdString(component.name.empty() ? component.id : component.name)};
    if (const auto* type = components::findType(component.type)) {
        // A lower-case word inside the sentence; abbreviations ("SQL database") keep theirs.
        QString label = QString::fromUtf8(type->label.data(), static_cast<qsizetype>(type->label.size()));
        if (label.size() > 1 && !label[1].isUpper()) label[0] = label[0].toLower();
        parts << label;
        if (components::findParameter(*type, "instances"))
            parts << counted(static_cast<int>(components::number(component, "instances").value_or(1)), "1 instance",
                             "%1 instances");
    }
    const auto* figures = assessment && assessment->solved ? assessment->component(component.id) : nullptr;
    if (figures) addFigures(parts, *figures);
    const auto ofSeverity = [&](assess::Severity severity) {
        return static_cast<int>(std::count_if(problems.begin(), problems.end(), [&](const auto& each) {
            return each.component == component.id && each.severity == severity;
        }));
    };
    if (const int count = ofSeverity(assess::Severity::Error)) parts << counted(count, "1 error", "%1 errors");
    if (const int count = ofSeverity(assess::Severity::Warning)) parts << counted(count, "1 warning", "%1 warnings");
    if (const int count = ofSeverity(assess::Severity::Hint)) parts << counted(count, "1 hint", "%1 hints");
    return parts.join(QStringLiteral(", "));
}

} // namespace plimsoll::gui
