#include "gui/toolbar/load_slider.h"

#include "gui/plots/load_curve_marks.h"
#include "gui/theme/fonts.h"
#include "models/text/figure_text.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace plimsoll::gui {
namespace {

constexpr double kGroove = 6, kHandle = 15, kMiddle = 18; // mock/README.md
constexpr double kDetent = 6, kMarkReach = 5;             // dpx
constexpr int kNotchAngle = 120;
constexpr double kKeyStep = 1.0 / 120; // of the groove: a fortieth of a decade

} // namespace

LoadSlider::LoadSlider(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("loadSlider"));
    setAccessibleName(tr("Load"));
    setFocusPolicy(Qt::StrongFocus);
    setFixedHeight(40);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void LoadSlider::setFactor(double factor) {
    if (factor == m_factor) return;
    m_factor = factor;
    setAccessibleDescription(QString::fromStdString(text::factor(factor).joined()));
    update();
}

void LoadSlider::setMarks(LoadMarks marks) {
    m_marks = std::move(marks);
    update();
}

double LoadSlider::xOf(double factor) const {
    return kHandle / 2 + loadShare(factor) * (width() - kHandle);
}

void LoadSlider::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintGroove(painter);
    paintMarks(painter);
    paintHandle(painter);
}

void LoadSlider::paintGroove(QPainter& painter) const {
    const Theme& theme = themeFor(palette());
    const QRectF groove(kHandle / 2 - kGroove / 2, kMiddle - kGroove / 2, width() - kHandle + kGroove, kGroove);
    QPainterPath shape;
    shape.addRoundedRect(groove, kGroove / 2, kGroove / 2);
    painter.save();
    painter.setClipPath(shape);
    painter.fillRect(groove, theme.barTrack);
    const double end = groove.right(), now = xOf(m_factor);
    const double saturation = m_marks.saturation ? std::min(xOf(*m_marks.saturation), end) : end;
    const bool known = m_marks.safeLoad || m_marks.saturation;
    const double safe = m_marks.safeLoad ? std::min(xOf(*m_marks.safeLoad), saturation) : saturation;
    const auto fill = [&](double from, double to, const QColor& colour) {
        painter.fillRect(QRectF(from, groove.top(), std::max(0.0, to - from), kGroove), colour);
    };
    fill(groove.left(), known ? safe : now, theme.accent);
    fill(safe, saturation, theme.step[2]); // amber
    if (m_marks.saturation && *m_marks.saturation < kMostLoadFactor) {
        fill(saturation, end, theme.errorTint);
        QColor hatch = theme.error;
        hatch.setAlphaF(0.4F);
        painter.setPen(QPen(hatch, 1.5));
        for (double x = saturation; x < end + kGroove; x += 5)
            painter.drawLine(QPointF(x - kGroove, groove.bottom()), QPointF(x, groove.top()));
        fill(saturation, now, theme.step[4]);
    }
    painter.restore();
}

void LoadSlider::paintMarks(QPainter& painter) const {
    const Theme& theme = themeFor(palette());
    painter.setFont(uiFont(11));
    for (const double decade : {0.1, 1.0, 10.0, 100.0}) {
        const double x = xOf(decade);
        const QString label = QStringLiteral("×%1").arg(decade);
        const double half = QFontMetricsF(painter.font()).horizontalAdvance(label) / 2;
        painter.setPen(theme.muted);
        painter.drawText(QPointF(std::clamp(x - half, 0.0, width() - 2 * half), height() - 4.0), label);
    }
    for (const auto& target : m_marks.targets) {
        const QColor colour = target.series < 0
                                  ? theme.text
                                  : theme.series[static_cast<std::size_t>(target.series) % theme.series.size()];
        painter.fillRect(QRectF(xOf(target.factor) - 1, kMiddle + 4, 2, 5), colour);
    }
    if (m_marks.saturation) painter.fillRect(QRectF(xOf(*m_marks.saturation) - 1, kMiddle - 7, 2, 14), theme.error);
    if (!m_marks.safeLoad) return;
    const double x = xOf(*m_marks.safeLoad);
    painter.setPen(QPen(theme.text, 1.5));
    painter.drawLine(QPointF(x, 9), QPointF(x, kMiddle - kGroove / 2));
    drawPlimsollMark(painter, QPointF(x, 5.5), 3.6, theme.text);
}

void LoadSlider::paintHandle(QPainter& painter) const {
    const Theme& theme = themeFor(palette());
    const bool beyond = m_marks.saturation && m_factor > *m_marks.saturation;
    const QColor& colour = beyond ? theme.error : theme.accent;
    const QPointF centre(xOf(m_factor), kMiddle);
    painter.setPen(QPen(colour, hasFocus() ? 3 : 2));
    painter.setBrush(theme.card);
    painter.drawEllipse(centre, kHandle / 2 - 1, kHandle / 2 - 1);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(centre, 2.5, 2.5);
}

void LoadSlider::change(double factor) {
    if (factor == m_factor) return;
    setFactor(factor);
    emit factorChanged(factor);
}

void LoadSlider::moveTo(double x, bool free) {
    if (!free && std::abs(x - xOf(1)) <= kDetent) return change(1);
    change(loadAtShare((x - kHandle / 2) / std::max(1.0, width() - kHandle)));
}

/// A mark above or below the groove; on the groove itself the handle goes where it is put.
std::optional<double> LoadSlider::markAt(QPointF position) const {
    const auto near = [&](double factor) { return std::abs(xOf(factor) - position.x()) <= kMarkReach; };
    if (position.y() < kMiddle - kHandle / 2 + 1 && m_marks.safeLoad && near(*m_marks.safeLoad))
        return m_marks.safeLoad;
    if (position.y() <= kMiddle + kGroove / 2) return {};
    for (const auto& target : m_marks.targets)
        if (near(target.factor)) return target.factor;
    if (m_marks.saturation && near(*m_marks.saturation)) return m_marks.saturation;
    return {};
}

void LoadSlider::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return event->ignore();
    const QPointF position = event->position();
    const bool onHandle =
        std::abs(position.x() - xOf(m_factor)) <= kHandle / 2 && std::abs(position.y() - kMiddle) <= kHandle / 2;
    m_dragging = true;
    m_grabOffset = onHandle ? xOf(m_factor) - position.x() : 0;
    if (onHandle) return;
    if (const auto mark = markAt(position)) {
        m_dragging = false;
        return change(std::clamp(*mark, kLeastLoadFactor, kMostLoadFactor));
    }
    moveTo(position.x(), event->modifiers() & Qt::ControlModifier);
}

void LoadSlider::mouseMoveEvent(QMouseEvent* event) {
    if (m_dragging) moveTo(event->position().x() + m_grabOffset, event->modifiers() & Qt::ControlModifier);
}

void LoadSlider::mouseReleaseEvent(QMouseEvent*) {
    m_dragging = false;
}

void LoadSlider::keyPressEvent(QKeyEvent* event) {
    const double share = loadShare(m_factor);
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Up: return change(loadAtShare(share + kKeyStep));
    case Qt::Key_Left:
    case Qt::Key_Down: return change(loadAtShare(share - kKeyStep));
    case Qt::Key_PageUp: return change(nextLoadStep(m_factor, true));
    case Qt::Key_PageDown: return change(nextLoadStep(m_factor, false));
    case Qt::Key_Home: return change(1);
    default: QWidget::keyPressEvent(event);
    }
}

void LoadSlider::wheelEvent(QWheelEvent* event) {
    if (!hasFocus()) return event->ignore();
    event->accept();
    const double notches = double(event->angleDelta().y()) / kNotchAngle;
    if (notches != 0) change(loadAtShare(loadShare(m_factor) + notches * kKeyStep));
}

bool LoadSlider::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QString words;
    const auto at = markAt(help->pos());
    const auto factor = [](double value) { return QString::fromStdString(text::factor(value).joined()); };
    if (at && at == m_marks.safeLoad)
        words = tr("Safe load %1: all targets hold up to here").arg(factor(*at));
    else if (at && at == m_marks.saturation)
        words = tr("Saturates at %1").arg(factor(*at));
    else if (at)
        for (const auto& target : m_marks.targets)
            if (target.factor == *at) words = tr("%1 holds up to %2").arg(target.what, factor(*at));
    words.isEmpty() ? QToolTip::hideText() : QToolTip::showText(help->globalPos(), words, this);
    return true;
}

} // namespace plimsoll::gui
