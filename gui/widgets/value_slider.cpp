#include "gui/widgets/value_slider.h"

#include "gui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace plimsoll::gui {
namespace {

constexpr double kHandle = 13, kGroove = 4, kDetentReach = 6; // dpx
constexpr double kPageShare = 0.1;

} // namespace

ValueSlider::ValueSlider(const components::Parameter& parameter, QWidget* parent)
    : QWidget(parent), m_scale(parameter), m_default(parameter.defaultNumber) {
    setFocusPolicy(Qt::StrongFocus);
    setFixedHeight(24);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ValueSlider::showValue(std::optional<double> value) {
    if (value == m_value) return;
    m_value = value;
    update();
}

double ValueSlider::xOf(double value) const {
    return kHandle / 2 + (width() - kHandle) * m_scale.positionOf(value) / SliderScale::kPositions;
}

void ValueSlider::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double middle = height() / 2.0 - 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.barTrack);
    const QRectF groove(kHandle / 2, middle - kGroove / 2, width() - kHandle, kGroove);
    painter.drawRoundedRect(groove, kGroove / 2, kGroove / 2);
    if (m_value) {
        painter.setBrush(isEnabled() ? theme.accent : theme.line);
        painter.drawRoundedRect(QRectF(groove.topLeft(), QPointF(xOf(*m_value), groove.bottom())), kGroove / 2,
                                kGroove / 2);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(theme.line);
    for (const double detent : m_scale.detents()) { // a tick at each power of ten: 1-2-5 would be a fence
        const double decade = std::log10(detent);
        if (!(detent > 0) || std::abs(decade - std::round(decade)) > 1e-9) continue;
        const int x = qRound(xOf(detent));
        painter.drawLine(x, qRound(middle + 7), x, qRound(middle + 9));
    }
    if (m_default) {
        const int x = qRound(xOf(*m_default));
        painter.setPen(theme.muted);
        painter.drawLine(x, qRound(middle + 6), x, qRound(middle + 11));
    }
    if (!m_value) return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(hasFocus() || m_dragging ? theme.accent : theme.line, hasFocus() || m_dragging ? 2.5 : 1.5));
    painter.setBrush(theme.field);
    painter.drawEllipse(QPointF(xOf(*m_value), middle), kHandle / 2 - 1, kHandle / 2 - 1);
}

void ValueSlider::change(double value) {
    if (value == m_value) return;
    m_value = value;
    update();
    emit valueEdited(value);
}

void ValueSlider::moveTo(double x, bool free) {
    const double length = std::max(1.0, width() - kHandle);
    const double position = (x - kHandle / 2) / length * SliderScale::kPositions;
    const double reach = kDetentReach / length * SliderScale::kPositions;
    change(free ? m_scale.valueAt(position) : m_scale.snapped(position, reach));
}

void ValueSlider::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return event->ignore();
    m_dragging = true;
    const double x = event->position().x();
    const bool onHandle = m_value && std::abs(x - xOf(*m_value)) <= kHandle / 2;
    m_grabOffset = onHandle ? xOf(*m_value) - x : 0; // taking hold of the handle changes nothing
    emit sliderPressed();
    if (!onHandle) moveTo(x, event->modifiers() & Qt::ControlModifier);
    update();
}

void ValueSlider::mouseMoveEvent(QMouseEvent* event) {
    if (m_dragging) moveTo(event->position().x() + m_grabOffset, event->modifiers() & Qt::ControlModifier);
}

void ValueSlider::mouseReleaseEvent(QMouseEvent* event) {
    if (!m_dragging || event->button() != Qt::LeftButton) return;
    m_dragging = false;
    update();
    emit sliderReleased();
}

void ValueSlider::stepBy(double positions) {
    if (!m_value) return;
    emit sliderPressed();
    const double before = *m_value;
    double position = m_scale.positionOf(before);
    double after = 0;
    do { // whole numbers may need several positions for one step
        position += positions;
        after = m_scale.valueAt(position);
    } while (after == before && position > 0 && position < SliderScale::kPositions);
    change(after);
    emit sliderReleased();
}

void ValueSlider::keyPressEvent(QKeyEvent* event) {
    const double page = SliderScale::kPositions * kPageShare;
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Up: return stepBy(1);
    case Qt::Key_Left:
    case Qt::Key_Down: return stepBy(-1);
    case Qt::Key_PageUp: return stepBy(page);
    case Qt::Key_PageDown: return stepBy(-page);
    default: QWidget::keyPressEvent(event);
    }
}

void ValueSlider::wheelEvent(QWheelEvent* event) {
    if (!hasFocus()) return event->ignore();
    const int angle = event->angleDelta().y();
    if (angle != 0) stepBy(angle > 0 ? 4 : -4); // 1 % a notch
    event->accept();
}

} // namespace plimsoll::gui
