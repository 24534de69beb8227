#include "gui/canvas/overlays/floating_box.h"

#include <QMouseEvent>
#include <QPainter>

namespace plimsoll::gui {
namespace {
constexpr double kRadius = 6;
} // namespace

FloatingBox::FloatingBox(QWidget* parent) : QWidget(parent) {
    setCursor(Qt::ArrowCursor);
    hide();
}

void FloatingBox::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().shadow);
    painter.drawRoundedRect(box().translated(0, 2), kRadius, kRadius);
    painter.setPen(theme().hairline);
    painter.setBrush(theme().card);
    painter.drawRoundedRect(box().adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
}

void FloatingBox::mousePressEvent(QMouseEvent* event) {
    event->accept();
}

} // namespace plimsoll::gui
