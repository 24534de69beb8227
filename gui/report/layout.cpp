#include "gui/report/layout.h"

#include "gui/report/chapters.h"
#include "gui/report/figure_cells.h"
#include "gui/report/page_metrics.h"
#include "gui/report/text_blocks.h"

#include <QLocale>

namespace plimsoll::gui::report {
namespace {

constexpr int kFooterLines = 2;
constexpr double kFooterMiddle = mm(50), kFooterRight = mm(20);

QString dated(const QDate& date) {
    return QLocale(QLocale::English).toString(date, QStringLiteral("d MMMM yyyy"));
}

/// Project and scenario, or as much of that as two lines hold: nothing is cut in the middle of a name.
QString footerName(const Source& source, double width) {
    const auto* scenario = document::findScenario(source.project, source.assessment.scenario);
    const QString project = figure(source.project.name), name = scenario ? figure(scenario->name) : QString();
    for (const QString& words : {QStringLiteral("%1 · %2").arg(project, name), project, name})
        if (wrappedLines(words, face(kFoot), width).size() <= kFooterLines) return words;
    return {};
}

Block frameOf(const Source& source, const Page& page, std::size_t index, std::size_t count) {
    Block frame;
    frame.height = kPageHeight;
    const auto put = [&](const QString& words, double points, double left, double top, double width,
                         Qt::Alignment side = Qt::AlignLeft) {
        frame.texts.push_back(placedText(words, face(points), kMuted, QRectF(left, top, width, 0), side));
    };
    put(page.topic, kTable, kMargin, kTop, kContentWidth / 2);
    if (index == 0) put(dated(source.date), kTable, kPageWidth / 2, kTop, kPageWidth / 2 - kMargin, Qt::AlignRight);
    const double top = kFooter - mm(4), side = (kContentWidth - kFooterMiddle) / 2;
    put(footerName(source, side - mm(3)), kFoot, kMargin, top, side - mm(3));
    put(QStringLiteral("%1 · Plimsoll %2").arg(dated(source.date), QStringLiteral(PLIMSOLL_VERSION)), kFoot,
        kMargin + side, top, kFooterMiddle, Qt::AlignHCenter);
    put(QObject::tr("%1 of %2").arg(index + 1).arg(count), kFoot, kPageWidth - kMargin - kFooterRight, top,
        kFooterRight, Qt::AlignRight);
    frame.paint = [](QPainter& painter, const QRectF&) {
        painter.setPen(QPen(kInk, pt(0.4)));
        painter.drawLine(QPointF(kMargin, kFooter - mm(5)), QPointF(kPageWidth - kMargin, kFooter - mm(5)));
    };
    return frame;
}

} // namespace

std::vector<Page> layOut(const Source& source) {
    std::vector<Chapter> chapters{coverChapter(source), figuresChapter(source), loadChapter(source),
                                  assumptionsChapter(source), methodChapter(source)};
    if (auto drawing = drawingChapter(source)) chapters.insert(chapters.begin() + 1, std::move(*drawing));
    std::vector<Page> pages = paginate(chapters);
    for (std::size_t i = 0; i < pages.size(); ++i)
        pages[i].blocks.insert(pages[i].blocks.begin(),
                               {frameOf(source, pages[i], i, pages.size()), QRectF(0, 0, kPageWidth, kPageHeight)});
    return pages;
}

} // namespace plimsoll::gui::report
