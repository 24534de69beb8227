#pragma once
#include "gui/plots/load_curve_series.h"
#include "gui/theme/theme.h"

#include <qcustomplot.h>

namespace plimsoll::gui {

/// What stands on the load curve besides lines: the hatched ground and dotted wall of saturation (behind the curves);
/// names, targets, safe load, present load and the readout (in front of them).
class LoadCurveMarks : public QCPLayerable {
    Q_OBJECT
public:
    enum class Part { Ground, Front };
    LoadCurveMarks(QCustomPlot* plot, const QString& layer, Part part, const LoadCurveSeries& series, double textSize);
    void setTheme(const Theme& theme) { m_theme = &theme; }
    void setReadout(std::optional<double> load) { m_readout = load; }
    QRectF presentGrip() const;

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override { painter->setAntialiasing(true); }
    void draw(QCPPainter* painter) override;
    QRect clipRect() const override { return mParentPlot->viewport(); }

private:
    QRectF area() const;
    double xOf(double load) const;
    double yOf(double milliseconds) const;
    QFont font(double size, QFont::Weight weight = QFont::Normal) const;
    void drawGround(QCPPainter& painter);
    void drawCaption(QCPPainter& painter);
    void drawTargets(QCPPainter& painter);
    void drawNames(QCPPainter& painter);
    void drawSafeLoad(QCPPainter& painter);
    void drawSaturation(QCPPainter& painter);
    void drawPresentLoad(QCPPainter& painter);
    void drawReadout(QCPPainter& painter);
    void drawPlate(QCPPainter& painter, const QRectF& box, const QColor& ground);

    Part m_part;
    const LoadCurveSeries& m_series;
    const Theme* m_theme = &lightTheme();
    double m_unit; // a pixel of the mock-up
    std::optional<double> m_readout;
};

/// The Plimsoll mark: a circle with a bar through it 3.5 radii wide.
void drawPlimsollMark(QPainter& painter, QPointF centre, double radius, const QColor& colour, double leastStroke = 1.5);

} // namespace plimsoll::gui
