#include "gui/plots/plot_export.h"

#include "gui/plots/load_curve_painter.h"

#include <QFileDialog>
#include <QMessageBox>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

namespace plimsoll::gui {
namespace {

constexpr QSizeF kSize(760, 300); // logical pixels
constexpr double kTickSize = 11, kPngScale = 2;
constexpr int kPointsPerInch = 72;

void paint(QPaintDevice& device, const LoadCurveSeries& series, double scale = 1) {
    QPainter painter(&device);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(scale, scale);
    paintLoadCurve(painter, QRectF(QPointF(), kSize), series, lightTheme(), kTickSize);
}

bool writePng(const LoadCurveSeries& series, const QString& path) {
    QImage image((kSize * kPngScale).toSize(), QImage::Format_RGB32);
    image.fill(lightTheme().plotGround);
    paint(image, series, kPngScale);
    return image.save(path, "PNG");
}

bool writeSvg(const LoadCurveSeries& series, const QString& path) {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return false;
    QSvgGenerator generator;
    generator.setOutputDevice(&file);
    generator.setSize(kSize.toSize());
    generator.setViewBox(QRectF(QPointF(), kSize));
    generator.setTitle(QObject::tr("Load curve"));
    paint(generator, series);
    return file.commit();
}

bool writePdf(const LoadCurveSeries& series, const QString& path) {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return false;
    {
        QPdfWriter writer(&file);
        writer.setResolution(kPointsPerInch);
        writer.setPageSize(QPageSize(kSize, QPageSize::Point));
        writer.setPageMargins(QMarginsF());
        writer.setTitle(QObject::tr("Load curve"));
        paint(writer, series);
    }
    return file.commit();
}

bool writeCsv(const LoadCurveSeries& series, const QString& path) {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return false;
    file.write(curveAsCsv(series).toUtf8());
    return file.commit();
}

} // namespace

bool writePlot(const LoadCurveSeries& series, const QString& format, const QString& path) {
    if (format == QLatin1String("PNG")) return writePng(series, path);
    if (format == QLatin1String("SVG")) return writeSvg(series, path);
    if (format == QLatin1String("PDF")) return writePdf(series, path);
    return writeCsv(series, path);
}

void savePlot(QWidget* parent, const LoadCurveSeries& series, const QString& format) {
    auto* dialog = new QFileDialog(parent, QObject::tr("Save the load curve"), QString(),
                                   QStringLiteral("%1 (*.%2)").arg(format, format.toLower()));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(format.toLower());
    dialog->selectFile(QObject::tr("load-curve"));
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, [parent, series, format](const QString& path) {
        if (writePlot(series, format, path)) return;
        auto* box = new QMessageBox(QMessageBox::Warning, QObject::tr("Not saved"),
                                    QObject::tr("%1 cannot be written").arg(path), QMessageBox::Ok, parent);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    });
    dialog->open();
}

} // namespace plimsoll::gui
