// The canvas' events apart from the mouse buttons: wheel, keys, drops, theme, size.
#include "gui/canvas/canvas_view.h"
#include "gui/canvas/deeds.h"
#include "gui/canvas/name_editor.h"
#include "gui/canvas/overlays/canvas_overlays.h"
#include "gui/palette/palette_mime.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDragEnterEvent>
#include <QGestureEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPinchGesture>
#include <QPlainTextEdit>
#include <QTextEdit>
#include <QWheelEvent>

namespace plimsoll::gui {
namespace {

constexpr double kStep = kGrid, kLongStep = 100, kShortStep = 1;

bool editsText(const QWidget* widget) {
    return qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QTextEdit*>(widget) ||
           qobject_cast<const QPlainTextEdit*>(widget);
}

bool isTouchpad(const QWheelEvent& event) {
    return event.phase() != Qt::NoScrollPhase ||
           (event.pointingDevice() && event.pointingDevice()->type() == QInputDevice::DeviceType::TouchPad);
}

} // namespace

void CanvasView::wheelEvent(QWheelEvent* event) {
    event->accept();
    const QPoint angle = event->angleDelta(), pixels = event->pixelDelta();
    const bool control = event->modifiers() & Qt::ControlModifier;
    if (event->modifiers() & Qt::ShiftModifier) {
        const int along = angle.x() ? angle.x() : angle.y();
        return m_camera.panBy({-along, 0});
    }
    if (isTouchpad(*event) && !control) return m_camera.panBy(-(pixels.isNull() ? angle : pixels));
    // The factors of all turns multiply, so that their sum counts, in whatever portions it arrives. No turn: nothing.
    if (angle.y() == 0) return;
    m_camera.zoomAbout(event->position(), m_camera.zoom() * wheelFactor(angle.y()));
}

void CanvasView::handlePinch(double factor, const QPointF& position) {
    if (factor > 0) m_camera.zoomAbout(position, m_camera.zoom() * factor);
}

bool CanvasView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave) {
        m_inside = false;
        m_scene.look().hovered.clear();
        m_scene.look().hoveredLink = {};
        viewport()->update();
    } else if (event->type() == QEvent::Gesture) {
        auto* gestures = static_cast<QGestureEvent*>(event);
        if (const auto* pinch = static_cast<QPinchGesture*>(gestures->gesture(Qt::PinchGesture))) {
            handlePinch(pinch->scaleFactor(), viewport()->mapFromGlobal(pinch->centerPoint()));
            return true;
        }
    }
    return QGraphicsView::viewportEvent(event);
}

void CanvasView::keyPressEvent(QKeyEvent* event) {
    const auto modifiers = event->modifiers();
    const bool alt = modifiers & Qt::AltModifier;
    const double step = modifiers & Qt::ShiftModifier     ? kLongStep
                        : modifiers & Qt::ControlModifier ? kShortStep
                                                          : kStep;
    const auto arrow = [&](int dx, int dy) {
        alt ? m_deeds->selectNearest(dx, dy) : m_deeds->nudge(QPointF(dx, dy) * step);
    };
    switch (event->key()) {
    case Qt::Key_Left: return arrow(-1, 0);
    case Qt::Key_Right: return arrow(1, 0);
    case Qt::Key_Up: return arrow(0, -1);
    case Qt::Key_Down: return arrow(0, 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_document.selection().empty()) emit inspectRequested();
        return;
    case Qt::Key_Escape:
        if (cancelGesture()) return;
        m_scene.look().focused.clear();
        m_document.select({});
        return m_scene.update();
    default: event->ignore();
    }
}

bool CanvasView::eventFilter(QObject* watched, QEvent* event) {
    // Space pans whenever the pointer is over the canvas, whoever has the focus, except while text is edited.
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::KeyRelease)
        return QGraphicsView::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() != Qt::Key_Space || !watched->isWidgetType() || !m_inside || editsText(QApplication::focusWidget()))
        return QGraphicsView::eventFilter(watched, event);
    if (key->isAutoRepeat()) return true;
    m_space = event->type() == QEvent::KeyPress;
    if (!m_gesture) hover(m_last);
    return true;
}

void CanvasView::contextMenuEvent(QContextMenuEvent* event) {
    // The right button's menu comes with its release, after it did not pan; this is the menu key.
    event->accept();
    if (event->reason() == QContextMenuEvent::Mouse) return;
    const auto rect = m_scene.rects().find(m_document.selection().single());
    const QPointF at = rect == m_scene.rects().end() ? m_camera.seen().center() : rect->second.center();
    openMenu(mapFromScene(at));
}

bool CanvasView::focusNextPrevChild(bool next) {
    if (hasFocus() && m_deeds->selectNext(next)) return true;
    m_scene.look().focused.clear();
    return QGraphicsView::focusNextPrevChild(next);
}

void CanvasView::focusOutEvent(QFocusEvent* event) {
    m_space = false;
    QGraphicsView::focusOutEvent(event);
}

void CanvasView::dragEnterEvent(QDragEnterEvent* event) {
    const QByteArray type = event->mimeData()->data(kComponentTypeMime);
    if (type.isEmpty() || !m_drop.enter(type.toStdString(), pointerAt(event->position(), event->modifiers())))
        return event->ignore();
    event->acceptProposedAction();
    m_overlays->setDropping(true);
}

void CanvasView::dragMoveEvent(QDragMoveEvent* event) {
    if (!m_drop.active()) return event->ignore();
    m_drop.move(pointerAt(event->position(), event->modifiers()));
    event->acceptProposedAction();
}

void CanvasView::dragLeaveEvent(QDragLeaveEvent* event) {
    m_drop.leave();
    m_overlays->setDropping(false);
    event->accept();
}

void CanvasView::dropEvent(QDropEvent* event) {
    const bool dropped = m_drop.drop(pointerAt(event->position(), event->modifiers()));
    m_overlays->setDropping(false);
    dropped ? event->acceptProposedAction() : event->ignore();
    setFocus(Qt::OtherFocusReason);
}

void CanvasView::changeEvent(QEvent* event) {
    QGraphicsView::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || !m_overlays) return;
    m_scene.setTheme(themeFor(palette()));
    viewport()->update();
}

void CanvasView::resizeEvent(QResizeEvent* event) {
    QGraphicsView::resizeEvent(event);
    if (!m_overlays) return;
    m_overlays->arrange();
    // Docks that come and go after a file was opened: the picture stays whole until somebody moves the camera.
    if (isVisible() && viewportTransform() == m_fitted) fitAgain();
}

void CanvasView::showEvent(QShowEvent* event) {
    QGraphicsView::showEvent(event);
    fitWhenShown();
    m_overlays->arrange();
}

void CanvasView::scrollContentsBy(int dx, int dy) {
    QGraphicsView::scrollContentsBy(dx, dy);
    m_editor->leave();
    if (m_overlays) m_overlays->arrange(); // scrolling carries the viewport's children along
}

} // namespace plimsoll::gui
