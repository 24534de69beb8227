#include "gui/report/report.h"

#include "gui/report/figure_cells.h"
#include "gui/report/layout.h"
#include "gui/report/page_metrics.h"
#include "gui/report/pdf_finish.h"
#include "gui/report/text_blocks.h"

#include <QBuffer>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>

namespace plimsoll::gui::report {
namespace {

QByteArray paintPages(const std::vector<Page>& pages) {
    QByteArray pdf;
    QBuffer buffer(&pdf);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(kResolution);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF());
    QPainter painter(&writer);
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i < pages.size(); ++i) {
        if (i > 0) writer.newPage();
        for (const auto& [block, place] : pages[i].blocks) paintBlock(painter, block, place);
    }
    painter.end();
    return pdf;
}

PdfInfo infoOf(const Source& source, const std::vector<Page>& pages) {
    PdfInfo info{QObject::tr("%1: capacity report").arg(figure(source.project.name)), source.date, {}};
    for (std::size_t i = 0; i < pages.size(); ++i)
        if (pages[i].beginsChapter) info.outline.push_back({pages[i].topic, static_cast<int>(i)});
    return info;
}

} // namespace

std::expected<void, document::Error> writeReport(const Source& source, const QString& path) {
    const std::string name = path.toStdString();
    if (!source.assessment.solved)
        return std::unexpected(document::Error{name, "", "there are no figures to report on"});
    const auto pages = layOut(source);
    const auto finished = finishPdf(paintPages(pages), infoOf(source, pages));
    if (!finished) return std::unexpected(finished.error());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(*finished) != finished->size() || !file.commit())
        return std::unexpected(document::Error{name, "", "cannot be written: " + file.errorString().toStdString()});
    return {};
}

} // namespace plimsoll::gui::report
