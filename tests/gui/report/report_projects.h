// Projects that a report must survive, and the report of one as pages and as a PDF.
#pragma once
#include "gui/report/layout.h"
#include "models/assess/assess.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace plimsoll::tests {

/// Of the case "endless texts": enough for more than a page in a column.
inline constexpr int kEndlessWords = 600;

document::Project webShop();
/// Every name far longer than a line, one of them with a word longer than a column.
document::Project longNames();
/// The web shop with services in a row behind it, `count` components in all.
document::Project manyComponents(int count);
/// As many request types, each with a target.
document::Project manyClasses(int count);
document::Project withoutTargets();
/// Components, but nobody who calls them.
document::Project withoutTraffic();
/// A note of `words` words in one paragraph and a component whose name alone is higher than a page.
document::Project endlessTexts(int words);

/// A project with its figures; the report refers to them.
struct Solved {
    document::Project project;
    assess::Assessment assessment;
    assess::LoadCurve curve;

    gui::report::Source source(QDate date = QDate(2026, 11, 25)) const { return {project, assessment, curve, date}; }
};
std::unique_ptr<const Solved> solved(document::Project project, double loadFactor = 1);

/// The project by the name of a data row, solved (the first time that it is asked for).
std::shared_ptr<const Solved> solvedCase(const QString& name);
/// Its pages, laid out once.
const std::vector<gui::report::Page>& pagesOfCase(const QString& name);
/// Adds a row for each of the cases that solvedCase() knows.
void addCases();

/// All words of all pages, with plain spaces.
QString wordsOf(const std::vector<gui::report::Page>& pages);
/// `text` with thin and no-break spaces as plain ones and single spaces between words.
QString plain(QString text);

} // namespace plimsoll::tests
