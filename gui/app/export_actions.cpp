#include "gui/app/export_actions.h"

#include "gui/canvas/canvas_print.h"
#include "gui/report/report.h"
#include "gui/theme/theme.h"
#include "models/exchange/project_json.h"

#include <QBuffer>
#include <QFileDialog>
#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

namespace plimsoll::gui {
namespace {

using Done = std::expected<void, document::Error>;

constexpr double kMargin = 24; // around the drawing, logical pixels

Done writeBytes(const QString& file, const QByteArray& bytes) {
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size() || !out.commit())
        return std::unexpected(
            document::Error{file.toStdString(), "", "cannot be written: " + out.errorString().toStdString()});
    return {};
}

} // namespace

ExportActions::ExportActions(Document& document, ViewState& view, Figures& figures, QWidget& window)
    : QObject(&window), m_document(document), m_view(view), m_figures(figures), m_window(window) {
    pdf = action(tr("PDF &report…"), QStringLiteral("exportPdf"), tr("PDF (*.pdf)"), QStringLiteral("pdf"),
                 &ExportActions::writePdf);
    pdf->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_P));
    png = action(tr("Canvas as P&NG…"), QStringLiteral("exportPng"), tr("PNG (*.png)"), QStringLiteral("png"),
                 &ExportActions::writePng);
    svg = action(tr("Canvas as &SVG…"), QStringLiteral("exportSvg"), tr("SVG (*.svg)"), QStringLiteral("svg"),
                 &ExportActions::writeSvg);
    json = action(tr("Project as &JSON…"), QStringLiteral("exportJson"), tr("JSON (*.json)"), QStringLiteral("json"),
                  &ExportActions::writeJson);
    connect(&m_figures, &Figures::changed, this, &ExportActions::refresh);
    connect(&m_figures, &Figures::curveChanged, this, &ExportActions::refresh);
    connect(&m_document, &Document::changed, this, &ExportActions::refresh);
    refresh();
}

QAction* ExportActions::action(const QString& text, const QString& name, const QString& filter, const QString& suffix,
                               Writer writer) {
    auto* made = new QAction(text, this);
    made->setObjectName(name);
    connect(made, &QAction::triggered, this, [=, this] {
        auto* dialog = new QFileDialog(&m_window, QString(text).remove(QLatin1Char('&')));
        dialog->setObjectName(QStringLiteral("fileDialog"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setNameFilter(filter);
        dialog->setDefaultSuffix(suffix);
        dialog->selectFile(m_document.title() + QLatin1Char('.') + suffix);
        connect(dialog, &QFileDialog::fileSelected, this, [this, writer](const QString& file) {
            const auto done = (this->*writer)(file);
            done ? emit written(file) : emit failed(done.error());
        });
        dialog->open();
    });
    return made;
}

void ExportActions::refresh() {
    const auto* scenario = document::findScenario(m_document.project(), m_view.scenario());
    const bool drawn = scenario && !scenario->components.empty();
    const auto* assessment = m_figures.assessment();
    // A report on figures that are not those of the drawing would be worse than none.
    pdf->setEnabled(drawn && assessment && assessment->solved && m_figures.curve() && !m_figures.stale());
    png->setEnabled(drawn);
    svg->setEnabled(drawn);
}

Done ExportActions::writePdf(const QString& file) const {
    return report::writeReport(
        {m_document.project(), *m_figures.assessment(), *m_figures.curve(), QDate::currentDate()}, file);
}

Done ExportActions::writePng(const QString& file) const {
    const QRectF bounds = sceneBounds(m_document.project(), m_view.scenario(), m_figures.assessment());
    constexpr double kScale = 2;
    QImage image((bounds.size() * kScale).toSize() + QSize(2, 2) * static_cast<int>(kMargin * kScale),
                 QImage::Format_ARGB32_Premultiplied);
    image.fill(lightTheme().canvas);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF target = QRectF(image.rect()).adjusted(kMargin, kMargin, -kMargin, -kMargin);
    paintCanvas(painter, m_document.project(), m_view.scenario(), m_figures.assessment(), lightTheme(), target);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return writeBytes(file, bytes);
}

Done ExportActions::writeSvg(const QString& file) const {
    const QRectF bounds = sceneBounds(m_document.project(), m_view.scenario(), m_figures.assessment());
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setTitle(m_document.title());
    const QRectF page(0, 0, bounds.width() + 2 * kMargin, bounds.height() + 2 * kMargin);
    generator.setSize(page.size().toSize());
    generator.setViewBox(page);
    QPainter painter(&generator);
    painter.fillRect(page, lightTheme().canvas);
    paintCanvas(painter, m_document.project(), m_view.scenario(), m_figures.assessment(), lightTheme(),
                page.adjusted(kMargin, kMargin, -kMargin, -kMargin));
    painter.end();
    return writeBytes(file, bytes);
}

Done ExportActions::writeJson(const QString& file) const {
    return writeBytes(file, QByteArray::fromStdString(exchange::projectToJson(m_document.project())));
}

} // namespace plimsoll::gui
