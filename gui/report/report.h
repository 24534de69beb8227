// The PDF report: same input, same bytes.
#pragma once
#include "models/assess/assessment.h"
#include "models/document/error.h"
#include "models/document/project.h"

#include <QDate>
#include <QString>

#include <expected>

namespace plimsoll::gui::report {

/// What the report is made from; the views' own values, nothing is computed again.
struct Source {
    const document::Project& project;
    const assess::Assessment& assessment;
    const assess::LoadCurve& curve;
    QDate date; // on the cover and in the footers
};

/// Writes the report as PDF (A4, vectors, searchable text, outline) to `path`, at once or not at all. Needs a Qt GUI
/// application (QApplication; the offscreen platform will do) with loadResources() done.
std::expected<void, document::Error> writeReport(const Source& source, const QString& path);

} // namespace plimsoll::gui::report
