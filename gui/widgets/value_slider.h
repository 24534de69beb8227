#pragma once
#include "gui/widgets/slider_scale.h"

#include <QWidget>

#include <optional>

namespace plimsoll::gui {

/// The slider below a field. From press to release is one burst: sliderPressed, valueEdited while it moves, and
/// sliderReleased. Ctrl frees it from the detents; the wheel works only with the focus; PgUp and PgDn move 10 %.
class ValueSlider : public QWidget {
    Q_OBJECT
public:
    explicit ValueSlider(const components::Parameter& parameter, QWidget* parent = nullptr);

    /// None: the handle is not shown (mixed values, an absent optional one) until the slider is pressed.
    void showValue(std::optional<double> value);
    std::optional<double> value() const { return m_value; }
    const SliderScale& scale() const { return m_scale; }
    /// Where the handle of `value` stands, x in this widget.
    double xOf(double value) const;
    QSize sizeHint() const override { return {200, 24}; }

signals:
    void sliderPressed();
    void valueEdited(double value);
    void sliderReleased();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void moveTo(double x, bool free);
    void stepBy(double positions);
    void change(double value);

    SliderScale m_scale;
    std::optional<double> m_default;
    std::optional<double> m_value;
    bool m_dragging = false;
    double m_grabOffset = 0;
};

} // namespace plimsoll::gui
