// Figures of the assessment as texts and table cells of the report.
#pragma once
#include "gui/report/report.h"
#include "gui/report/table_blocks.h"
#include "models/text/figure_text.h"

#include <string>

namespace plimsoll::gui::report {

inline QString figure(const std::string& text) {
    return QString::fromStdString(text);
}
/// Number and unit apart, for tiles.
void setFigure(QString& number, QString& unit, const text::Figure& figure);
/// A name where only some lines have room: its beginning and where it stands in full, if it is longer than those.
QString briefName(const QString& name);
/// The method letter: a analytic, s simulated.
QString letterOf(const flow::Method& method);
/// A number cell; the letter is left out where the figure is absent.
Cell numberCell(const text::Figure& figure, const QString& letter = QStringLiteral("a"), bool bold = false);
/// A duration in milliseconds, without its unit, for columns of one unit.
Cell millisecondsCell(std::optional<Seconds> value, const QString& letter, bool bold = false);
/// A rate in 1/s whatever its size, without its unit: "840", "0.0200", "1.25 M".
QString perSecond(PerSecond value);
/// The colour of a request type in the load curve.
QColor classColour(const Source& source, const document::Id& id);
/// "at most 250 ms"
QString wantedWords(const assess::TargetVerdict& verdict);
/// What the target is about, with its unit; a dash where there is no value.
Cell targetValueCell(const assess::TargetVerdict& verdict);
/// "met", "missed" or "no verdict".
Cell verdictCell(const assess::TargetVerdict& verdict);
QString className(const Source& source, const document::Id& id);

struct InputTotals {
    int defaults = 0, all = 0;
};
InputTotals inputTotals(const Source& source);
/// The components, first to fill first, those that never fill last.
std::vector<const assess::ComponentFigures*> byOrderOfFilling(const assess::Assessment& assessment);

} // namespace plimsoll::gui::report
