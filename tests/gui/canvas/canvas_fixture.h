// A shown canvas with its document, and events as people make them.
#pragma once
#include "gui/canvas/canvas_view.h"
#include "gui/canvas/items/card_item.h"
#include "gui/document/document.h"
#include "gui/document/figures.h"
#include "gui/document/view_state.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

namespace plimsoll::tests {

/// Light theme, Fusion, embedded faces: once for each test program.
void wearLightTheme();

class CanvasFixture {
public:
    /// Shows the canvas on `project`, 1000 x 700, at 100 % with the scene's (0, 0) in the middle, without motion.
    explicit CanvasFixture(document::Project project = document::emptyProject());

    // ---- events; each is counted
    void press(const QPointF& scene, Qt::KeyboardModifiers modifiers = {}, Qt::MouseButton button = Qt::LeftButton);
    void moveTo(const QPointF& scene, Qt::KeyboardModifiers modifiers = {});
    void release(const QPointF& scene, Qt::KeyboardModifiers modifiers = {}, Qt::MouseButton button = Qt::LeftButton);
    void click(const QPointF& scene, Qt::KeyboardModifiers modifiers = {});
    void doubleClick(const QPointF& scene);
    /// Press, a step past the threshold, the end, release.
    void drag(const QPointF& from, const QPointF& to, Qt::KeyboardModifiers modifiers = {});
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {});
    void type(const QString& text);
    /// DragEnter, DragMove, Drop of a component type, its card's centre at `scene`.
    void drop(const char* typeId, const QPointF& scene);
    int events() const { return m_events; }

    // ---- what there is
    const document::Scenario& scenario() const { return *document.project().scenarios.front(); }
    const document::Component& component(const document::Id& id) const;
    QPointF positionOf(const document::Id& id) const;
    QPointF centreOf(const document::Id& id) const;
    QPointF outPort(const document::Id& id) const;
    QPointF inPort(const document::Id& id) const;
    bool hasLink(const document::Id& from, const document::Id& to) const;
    QPoint toView(const QPointF& scene) const;
    /// The last step undone gives `before`, redone the present, twice over. Returns whether it did.
    bool undoesTo(const document::Project& before);

    gui::Document document;
    gui::ViewState viewState;
    gui::Figures figures;
    std::unique_ptr<gui::CanvasView> view;

private:
    void send(QEvent::Type type, const QPointF& scene, Qt::MouseButton button, Qt::MouseButtons buttons,
              Qt::KeyboardModifiers modifiers);
    int m_events = 0;
    Qt::MouseButtons m_held;
};

/// Users -> Shop -> DB from left to right, level, 280 apart, as ids users, shop, db.
document::Project chain();
/// `project` with another component.
document::Project with(const document::Project& project, const char* id, const char* type, double x, double y);
document::Project linked(const document::Project& project, const char* from, const char* to);

} // namespace plimsoll::tests
