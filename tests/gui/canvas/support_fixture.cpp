#include "gui/canvas/geometry.h"
#include "gui/palette/palette_mime.h"
#include "gui/theme/resources.h"
#include "models/edit/edit.h"
#include "tests/gui/canvas/canvas_fixture.h"

#include <QApplication>
#include <QDropEvent>
#include <QMimeData>
#include <QStyleFactory>

namespace plimsoll::tests {

using gui::Document;

void wearLightTheme() {
    gui::loadResources();
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(gui::paletteFor(gui::lightTheme()));
    qApp->setStyleSheet(gui::styleSheetFor(gui::lightTheme()));
}

CanvasFixture::CanvasFixture(document::Project project) {
    document.start(std::move(project));
    viewState.setScenario(document.project().scenarios.front()->id);
    view = std::make_unique<gui::CanvasView>(document, viewState, figures);
    view->resize(1000, 700);
    view->camera().setMotion(false);
    view->show();
    QApplication::setActiveWindow(view.get());
    view->setFocus();
    view->camera().fit({}, 1, false); // 100 %, the origin in the middle
    QCoreApplication::processEvents();
}

QPoint CanvasFixture::toView(const QPointF& scene) const {
    return view->viewportTransform().map(scene).toPoint();
}

void CanvasFixture::send(QEvent::Type type, const QPointF& scene, Qt::MouseButton button, Qt::MouseButtons buttons,
                         Qt::KeyboardModifiers modifiers) {
    ++m_events;
    const QPoint at = toView(scene);
    QMouseEvent event(type, at, view->viewport()->mapToGlobal(at), button, buttons, modifiers);
    QApplication::sendEvent(view->viewport(), &event);
}

void CanvasFixture::press(const QPointF& scene, Qt::KeyboardModifiers modifiers, Qt::MouseButton button) {
    m_held |= button;
    send(QEvent::MouseButtonPress, scene, button, m_held, modifiers);
}
void CanvasFixture::moveTo(const QPointF& scene, Qt::KeyboardModifiers modifiers) {
    send(QEvent::MouseMove, scene, Qt::NoButton, m_held, modifiers);
}
void CanvasFixture::release(const QPointF& scene, Qt::KeyboardModifiers modifiers, Qt::MouseButton button) {
    m_held &= ~Qt::MouseButtons(button);
    send(QEvent::MouseButtonRelease, scene, button, m_held, modifiers);
}
void CanvasFixture::click(const QPointF& scene, Qt::KeyboardModifiers modifiers) {
    press(scene, modifiers);
    release(scene, modifiers);
}
void CanvasFixture::doubleClick(const QPointF& scene) {
    click(scene);
    send(QEvent::MouseButtonDblClick, scene, Qt::LeftButton, Qt::LeftButton, {});
    send(QEvent::MouseButtonRelease, scene, Qt::LeftButton, {}, {});
}
void CanvasFixture::drag(const QPointF& from, const QPointF& to, Qt::KeyboardModifiers modifiers) {
    press(from, modifiers & Qt::ShiftModifier ? Qt::KeyboardModifiers() : modifiers);
    moveTo(from + (to - from) / 2, modifiers);
    moveTo(to, modifiers);
    release(to, modifiers);
}

void CanvasFixture::key(Qt::Key key, Qt::KeyboardModifiers modifiers) {
    ++m_events;
    QWidget* focus = QApplication::focusWidget();
    QTest::keyClick(focus ? focus : view.get(), key, modifiers);
}

void CanvasFixture::type(const QString& text) {
    m_events += static_cast<int>(text.size());
    QTest::keyClicks(QApplication::focusWidget(), text);
}

void CanvasFixture::drop(const char* typeId, const QPointF& scene) {
    QMimeData data;
    data.setData(gui::kComponentTypeMime, typeId);
    const QPoint at = toView(scene);
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, {});
    QDragMoveEvent move(at, Qt::CopyAction, &data, Qt::LeftButton, {});
    QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, {});
    for (QEvent* event : std::initializer_list<QEvent*>{&enter, &move, &drop}) {
        ++m_events;
        QApplication::sendEvent(view->viewport(), event);
    }
}

const document::Component& CanvasFixture::component(const document::Id& id) const {
    const auto* found = document::findComponent(scenario(), id);
    Q_ASSERT(found);
    return *found;
}
QPointF CanvasFixture::positionOf(const document::Id& id) const {
    return gui::toPoint(component(id).position);
}
QPointF CanvasFixture::centreOf(const document::Id& id) const {
    return gui::rectOf(component(id)).center();
}
QPointF CanvasFixture::outPort(const document::Id& id) const {
    return positionOf(id) + QPointF(gui::kCardWidth, gui::kPortY);
}
QPointF CanvasFixture::inPort(const document::Id& id) const {
    return positionOf(id) + QPointF(0, gui::kPortY);
}
bool CanvasFixture::hasLink(const document::Id& from, const document::Id& to) const {
    return document::findLink(scenario(), from, to) != nullptr;
}

bool CanvasFixture::undoesTo(const document::Project& before) {
    const document::Project after = document.project();
    for (int round = 0; round < 2; ++round) {
        document.undoStack().undo();
        if (!(document.project() == before)) return false;
        document.undoStack().redo();
        if (!(document.project() == after)) return false;
    }
    return true;
}

document::Project with(const document::Project& project, const char* id, const char* type, double x, double y) {
    document::Component component;
    component.id = component.name = id;
    component.type = type;
    component.position = {x, y};
    if (gui::isArea(component)) component.size = document::Size{400, 240};
    auto result = edit::addComponent(project, project.scenarios.front()->id, component);
    if (!result) qFatal("%s", document::text(result.error()).c_str());
    return *result;
}

document::Project linked(const document::Project& project, const char* from, const char* to) {
    auto result = edit::connect(project, project.scenarios.front()->id, {.from = from, .to = to});
    if (!result) qFatal("%s", document::text(result.error()).c_str());
    return *result;
}

document::Project chain() {
    auto project = document::emptyProject("Chain");
    project = with(project, "users", "clients", -380, -40);
    project = with(project, "shop", "service", -100, -40);
    project = with(project, "db", "sql_database", 180, -40);
    return linked(linked(project, "users", "shop"), "shop", "db");
}

} // namespace plimsoll::tests
