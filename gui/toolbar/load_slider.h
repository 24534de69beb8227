#pragma once
#include "gui/toolbar/load_scale.h"

#include <QWidget>

namespace plimsoll::gui {

/// The load slider: logarithmic from ×0.1 to ×100, filled in accent up to the safe load, amber from there to
/// saturation, hatched red beyond. A click on a mark jumps to it; a detent at ×1, which Ctrl frees.
class LoadSlider : public QWidget {
    Q_OBJECT
public:
    explicit LoadSlider(QWidget* parent = nullptr);
    void setFactor(double factor);
    void setMarks(LoadMarks marks);
    double xOf(double factor) const;
    QSize sizeHint() const override { return {304, 40}; }
    QSize minimumSizeHint() const override { return {160, 40}; }

signals:
    void factorChanged(double factor);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool event(QEvent* event) override;

private:
    void moveTo(double x, bool free);
    void change(double factor);
    std::optional<double> markAt(QPointF position) const;
    void paintGroove(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;
    void paintHandle(QPainter& painter) const;

    double m_factor = 1;
    LoadMarks m_marks;
    bool m_dragging = false;
    double m_grabOffset = 0;
};

} // namespace plimsoll::gui
