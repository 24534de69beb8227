#include "gui/canvas/canvas_view.h"

#include "gui/canvas/accessibility/accessible_canvas.h"
#include "gui/canvas/deeds.h"
#include "gui/canvas/ground.h"
#include "gui/canvas/hit_test.h"
#include "gui/canvas/name_editor.h"
#include "gui/canvas/overlays/canvas_overlays.h"
#include "gui/canvas/quick_list.h"
#include "gui/canvas/tools/pan_tool.h"
#include "gui/canvas/tools/select_tool.h"

#include <QApplication>
#include <QMenu>
#include <QMouseEvent>

namespace plimsoll::gui {

CanvasView::CanvasView(Document& document, ViewState& view, Figures& figures, QWidget* parent)
    : QGraphicsView(parent), m_document(document), m_scene(document, view, figures), m_camera(*this),
      m_stage{document, view, figures, m_scene, m_camera, *this, {}, {}, {}}, m_list(new QuickList(this)),
      m_editor(new NameEditor(this)), m_deeds(new Deeds(m_stage, *m_list, *m_editor, this)), m_drop(m_stage),
      m_borderScroll(*viewport(), m_camera, [this] { moveGesture(pointerAt(m_last.view, m_last.modifiers)); }) {
    setObjectName(QStringLiteral("canvas"));
    setAccessibleName(tr("Canvas"));
    setScene(&m_scene);
    setFrameShape(QFrame::NoFrame);
    setTransformationAnchor(NoAnchor);
    setResizeAnchor(NoAnchor);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setViewportUpdateMode(MinimalViewportUpdate);
    setOptimizationFlags(DontSavePainterState | DontAdjustForAntialiasing);
    setDragMode(NoDrag);
    setFocusPolicy(Qt::StrongFocus);
    setAcceptDrops(true);
    setMinimumSize(480, 320);
    viewport()->setMouseTracking(true);
    viewport()->grabGesture(Qt::PinchGesture);
    m_stage.askWhatToAdd = [this](const Wiring& wiring, const QPoint& at) { m_deeds->askWhatToAdd(wiring, at); };
    m_stage.showProblems = [this](const document::Id& id) { emit problemsRequested(id); };
    m_actions = makeCanvasActions(*this, m_stage, *m_deeds, [this] { return pointerOver(); });
    m_overlays = new CanvasOverlays(m_stage, *viewport(), this);
    m_stage.sayLost = [this](const QString& text) { m_overlays->sayLost(text); };
    connect(m_overlays, &CanvasOverlays::openRequested, this, &CanvasView::openRequested);
    connect(m_overlays, &CanvasOverlays::fileRequested, this, &CanvasView::fileRequested);
    connect(m_overlays, &CanvasOverlays::templateRequested, this, &CanvasView::templateRequested);
    connect(m_overlays, &CanvasOverlays::addRequested, this, &CanvasView::addComponent);
    m_scene.setTheme(themeFor(palette()));

    connect(&m_camera, &Camera::zoomChanged, this, [this](double zoom) {
        m_scene.setZoom(zoom);
        m_editor->leave();
        emit zoomChanged(zoom);
    });
    connect(&document, &Document::replaced, this, [this] {
        cancelGesture();
        m_scene.look().focused.clear();
        m_fitPending = true;
        fitWhenShown();
    });
    connect(&view, &ViewState::scenarioChanged, this, [this] { cancelGesture(); });
    connect(&document.undoStack(), &QUndoStack::indexChanged, this, &CanvasView::followHistory);
    connect(&document, &Document::selectionChanged, this, &CanvasView::tellFocus);
    qApp->installEventFilter(this);
    installAccessibleCanvas();
}

CanvasView::~CanvasView() {
    m_gesture.reset();
    // Losing its scene scrolls the view, which must find neither overlays nor a camera that is gone.
    delete m_overlays;
    m_overlays = nullptr;
    setScene(nullptr);
}

void CanvasView::addComponent(const QString& typeId) {
    m_deeds->add(typeId);
    setFocus(Qt::OtherFocusReason);
}

void CanvasView::showSubject(const document::Id& subject) {
    const auto arrow = subject.find('>');
    if (arrow != document::Id::npos) {
        const LinkKey link{subject.substr(0, arrow), subject.substr(arrow + 1)};
        const QRectF bounds = boundsOf(m_scene.layout().route(link));
        if (bounds.isNull()) return;
        m_document.select({{}, {link}});
        return m_camera.reveal(bounds);
    }
    const auto rect = m_scene.rects().find(subject);
    if (rect == m_scene.rects().end()) return;
    m_document.select({{subject}, {}});
    m_camera.reveal(rect->second);
}

void CanvasView::setRecentFiles(const QList<RecentFile>& files) {
    m_overlays->setRecentFiles(files);
}

Pointer CanvasView::pointerAt(const QPointF& position, Qt::KeyboardModifiers modifiers) const {
    return {position, viewportTransform().inverted().map(position), modifiers};
}

std::optional<QPointF> CanvasView::pointerOver() const {
    return m_inside ? std::optional(m_last.view) : std::nullopt;
}

void CanvasView::begin(std::unique_ptr<Gesture> gesture) {
    cancelGesture();
    m_gesture = std::move(gesture);
}

void CanvasView::moveGesture(const Pointer& pointer) {
    if (!m_gesture) return;
    m_gesture->move(pointer);
    if (auto next = m_gesture->successor()) m_gesture = std::move(next);
    viewport()->update();
}

bool CanvasView::cancelGesture() {
    m_borderScroll.stop();
    if (!m_gesture) return false;
    m_gesture->cancel();
    m_gesture.reset();
    viewport()->update();
    return true;
}

void CanvasView::hover(const Pointer& pointer) {
    const Hit hit = m_space ? Hit{} : hitAt(m_scene, pointer.scene);
    auto& look = m_scene.look();
    if (look.hovered != hit.component || look.hoveredLink != hit.link) {
        look.hovered = hit.component;
        look.hoveredLink = hit.link;
        viewport()->update();
    }
    const bool port = hit.kind == Hit::Kind::InPort || hit.kind == Hit::Kind::OutPort;
    viewport()->setCursor(m_space                             ? Qt::OpenHandCursor
                          : port                              ? Qt::CrossCursor
                          : hit.kind == Hit::Kind::AreaCorner ? Qt::SizeFDiagCursor
                                                              : Qt::ArrowCursor);
}

void CanvasView::mousePressEvent(QMouseEvent* event) {
    const Pointer pointer = m_last = pointerAt(event->position(), event->modifiers());
    m_list->leave();
    setFocus(Qt::MouseFocusReason);
    m_scene.look().focused.clear();
    if (event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && m_space)) {
        viewport()->setCursor(Qt::ClosedHandCursor);
        begin(std::make_unique<PanTool>(m_stage, pointer));
    } else if (event->button() == Qt::RightButton) {
        begin(std::make_unique<PanTool>(m_stage, pointer, [this](const Pointer& at) { openMenu(at.view.toPoint()); }));
    } else if (event->button() == Qt::LeftButton) {
        begin(std::make_unique<SelectTool>(m_stage, pointer));
    }
    event->accept();
}

void CanvasView::mouseMoveEvent(QMouseEvent* event) {
    m_last = pointerAt(event->position(), event->modifiers());
    m_inside = viewport()->rect().contains(event->position().toPoint());
    if (!m_gesture) return hover(m_last);
    moveGesture(m_last);
    if (m_gesture && m_gesture->scrollsAtBorder()) m_borderScroll.pointerAt(m_last.view);
}

void CanvasView::mouseReleaseEvent(QMouseEvent* event) {
    m_last = pointerAt(event->position(), event->modifiers());
    m_borderScroll.stop();
    if (m_gesture) {
        const auto gesture = std::move(m_gesture); // what it opens may begin another
        gesture->release(m_last);
    }
    viewport()->update();
    hover(m_last);
}

void CanvasView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return mousePressEvent(event);
    const Hit hit = hitAt(m_scene, pointerAt(event->position(), event->modifiers()).scene);
    if (hit.kind == Hit::Kind::Name || hit.kind == Hit::Kind::Area) return m_deeds->rename(hit.component);
    if (!hit.onCard() && !hit.onLink()) return mousePressEvent(event);
    m_document.select(clicked(m_scene, {}, hit, {}, Qt::ShiftModifier));
    emit inspectRequested();
}

void CanvasView::openMenu(const QPoint& position) {
    const Hit hit = hitAt(m_scene, pointerAt(position, {}).scene);
    const Selection& selection = m_document.selection();
    const bool selected = selection.components.contains(hit.component) || selection.links.contains(hit.link);
    if (!selected) m_document.select(clicked(m_scene, {}, hit, {}, Qt::ShiftModifier));
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    // Twelve rows at most: what fits what was clicked.
    if (hit.onComponent() || hit.onLink()) {
        for (auto* action : m_actions.edit)
            if (!action)
                menu->addSeparator();
            else if (hit.onComponent() || action->objectName() == QLatin1String("delete"))
                menu->addAction(action);
    } else {
        menu->addActions(m_actions.insert);
        menu->addAction(m_actions.edit[2]); // paste
        menu->addAction(m_actions.select.front());
        menu->addSeparator();
        menu->addActions(m_actions.view);
    }
    menu->popup(viewport()->mapToGlobal(position));
}

void CanvasView::followHistory() {
    const QUndoStack& history = m_document.undoStack();
    const bool walked =
        history.index() < m_historyIndex || (history.index() > m_historyIndex && history.count() == m_historyCount);
    m_historyIndex = history.index();
    m_historyCount = history.count();
    if (!walked) return;
    // Undo never moves the camera unless what it changed lies off-screen.
    QRectF changed;
    for (const auto& id : m_document.selection().components)
        if (const auto rect = m_scene.rects().find(id); rect != m_scene.rects().end()) changed |= rect->second;
    if (!changed.isNull() && !changed.intersects(m_camera.seen())) m_camera.reveal(changed);
}

void CanvasView::tellFocus() {
    if (!QAccessible::isActive() || !hasFocus()) return;
    const auto* drawn = m_scene.scenario();
    const document::Id id = m_document.selection().single();
    if (!drawn || !m_scene.card(id)) return;
    const auto order = flowOrder(*drawn);
    QAccessibleEvent event(this, QAccessible::Focus);
    event.setChild(static_cast<int>(std::find(order.begin(), order.end(), id) - order.begin()));
    QAccessible::updateAccessibility(&event);
}

void CanvasView::fitWhenShown() {
    if (!m_fitPending || !isVisible()) return;
    m_fitPending = false;
    fitAgain();
}

void CanvasView::fitAgain() {
    m_overlays->arrange();
    m_camera.fit(m_scene.contentRect(), 1, false);
    m_fitted = viewportTransform();
}

void CanvasView::drawBackground(QPainter* painter, const QRectF& rect) {
    paintGround(*painter, rect, *m_scene.look().theme, m_camera.zoom());
}

void CanvasView::drawForeground(QPainter* painter, const QRectF&) {
    const Theme& theme = *m_scene.look().theme;
    painter->save();
    m_drop.paint(*painter, theme);
    if (m_gesture) m_gesture->paint(*painter, theme, 1 / m_camera.zoom());
    painter->restore();
}

} // namespace plimsoll::gui
