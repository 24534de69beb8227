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
/// The method letter: a analytic, s simulated.
QString letterOf(const flow::Method& method);
/// A number cell; the letter is left out where the figure is absent.
Cell numberCell(const text::Figure& figure, const QString& letter = QStringLiteral("a"), bool bold = false);
/// A duration in milliseconds, without its unit, for columns of one unit.
Cell millisecondsCell(std::optional<Seconds> value, const QString& letter, bool bold = false);
QString className(const Source& source, const document::Id& id);

struct InputTotals {
    int defaults = 0, all = 0;
};
InputTotals inputTotals(const Source& source);
/// The components, first to fill first, those that never fill last.
std::vector<const assess::ComponentFigures*> byOrderOfFilling(const assess::Assessment& assessment);

} // namespace plimsoll::gui::report
