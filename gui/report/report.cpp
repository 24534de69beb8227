#include "gui/report/report.h"

#include "gui/report/chapters.h"
#include "gui/report/figure_cells.h"
#include "gui/report/page_metrics.h"
#include "gui/report/pdf_finish.h"
#include "gui/report/text_blocks.h"

#include <QBuffer>
#include <QLocale>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>

namespace plimsoll::gui::report {
namespace {

QString dated(const QDate& date) {
    return QLocale(QLocale::English).toString(date, QStringLiteral("d MMMM yyyy"));
}

void paintFrame(QPainter& painter, const Source& source, const Page& page, std::size_t index, std::size_t count) {
    const QRectF kicker(kMargin, kTop, kContentWidth, mm(5));
    drawLine(painter, page.topic, face(kTable), kMuted, kicker);
    if (index == 0) drawLine(painter, dated(source.date), face(kTable), kMuted, kicker, Qt::AlignRight);
    if (!page.title.isEmpty())
        drawWrapped(painter, page.title, face(kTitle, QFont::Bold), kInk,
                    QRectF(kMargin, kTop + mm(8), kContentWidth, titleHeight(page.title)), 1.25);
    painter.setPen(QPen(kInk, pt(0.4)));
    painter.drawLine(QPointF(kMargin, kFooter - mm(5)), QPointF(kPageWidth - kMargin, kFooter - mm(5)));
    const QRectF footer(kMargin, kFooter - mm(4.5), kContentWidth, mm(5));
    const auto* scenario = document::findScenario(source.project, source.assessment.scenario);
    drawLine(painter, QStringLiteral("%1 · %2").arg(figure(source.project.name), figure(scenario->name)), face(kFoot),
             kMuted, footer);
    drawLine(painter, QStringLiteral("%1 · Plimsoll %2").arg(dated(source.date), QStringLiteral(PLIMSOLL_VERSION)),
             face(kFoot), kMuted, footer, Qt::AlignHCenter);
    drawLine(painter, QObject::tr("%1 of %2").arg(index + 1).arg(count), face(kFoot), kMuted, footer, Qt::AlignRight);
}

QByteArray paintPages(const Source& source, const std::vector<Page>& pages) {
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
        paintFrame(painter, source, pages[i], i, pages.size());
        for (const auto& [block, place] : pages[i].blocks) {
            painter.save();
            block.paint(painter, place);
            painter.restore();
        }
    }
    painter.end();
    return pdf;
}

PdfInfo infoOf(const Source& source, const std::vector<Page>& pages) {
    PdfInfo info{QObject::tr("%1: capacity report").arg(figure(source.project.name)), {}, source.date, {}};
    for (std::size_t i = 0; i < pages.size(); ++i)
        if (!pages[i].title.isEmpty()) info.outline.push_back({pages[i].topic, static_cast<int>(i)});
    return info;
}

} // namespace

std::expected<void, document::Error> writeReport(const Source& source, const QString& path) {
    const std::string name = path.toStdString();
    if (!source.assessment.solved)
        return std::unexpected(document::Error{name, "", "there are no figures to report on"});
    const auto pages = paginate({coverChapter(source), figuresChapter(source), loadChapter(source),
                                 assumptionsChapter(source), methodChapter(source)});
    const auto finished = finishPdf(paintPages(source, pages), infoOf(source, pages));
    if (!finished) return std::unexpected(finished.error());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(*finished) != finished->size() || !file.commit())
        return std::unexpected(document::Error{name, "", "cannot be written: " + file.errorString().toStdString()});
    return {};
}

} // namespace plimsoll::gui::report
