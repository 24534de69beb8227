#include "gui/plots/load_curve_painter.h"

#include "gui/plots/load_curve_chart.h"
#include "gui/theme/fonts.h"

#include <QPicture>
#include <qcustomplot.h>

namespace plimsoll::gui {

void paintLoadCurve(QPainter& painter, const QRectF& place, const LoadCurveSeries& series, const Theme& theme,
                    double textSize) {
    painter.save();
    if (!series.missing.isEmpty()) {
        painter.setFont(uiFont(textSize));
        painter.setPen(theme.muted);
        painter.drawText(place, Qt::AlignCenter | Qt::TextWordWrap, series.missing);
        painter.restore();
        return;
    }
    QCustomPlot plot;
    LoadCurveChart chart(plot, textSize);
    chart.show(series, theme, true);
    QPicture picture;
    QCPPainter recorder(&picture);
    recorder.setMode(QCPPainter::pmVectorized);
    recorder.setMode(QCPPainter::pmNoCaching);
    plot.toPainter(&recorder, qRound(place.width()), qRound(place.height()));
    recorder.end();
    // Playing a picture scales it by the resolution of the device; a pixel of the plot is to be a unit of the painter.
    const double unscaled = static_cast<double>(picture.logicalDpiX()) / painter.device()->logicalDpiX();
    painter.translate(place.topLeft());
    painter.scale(unscaled, unscaled);
    painter.drawPicture(QPointF(), picture);
    painter.restore();
}

} // namespace plimsoll::gui
