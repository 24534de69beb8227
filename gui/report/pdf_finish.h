// What QPdfWriter cannot do: outline, language, a date and an id that do not depend on the clock.
#pragma once
#include "models/document/error.h"

#include <QByteArray>
#include <QDate>
#include <QString>

#include <expected>
#include <vector>

namespace plimsoll::gui::report {

struct OutlineEntry {
    QString title;
    int page = 0; // from 0
};
struct PdfInfo {
    QString title;
    QDate date;
    std::vector<OutlineEntry> outline;
};

/// The PDF with outline, document information, /Lang and a deterministic id: same input, same bytes.
std::expected<QByteArray, document::Error> finishPdf(const QByteArray& pdf, const PdfInfo& info);

} // namespace plimsoll::gui::report
