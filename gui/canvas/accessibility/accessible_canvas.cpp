#include "gui/canvas/accessibility/accessible_canvas.h"

#include "gui/canvas/accessibility/accessible_name.h"
#include "gui/canvas/flow_order.h"
#include "gui/canvas/hit_test.h"

#include <algorithm>

namespace plimsoll::gui {
namespace {

/// One card. It holds the component's id, so it stays valid while the document changes under it.
class AccessibleCard : public QAccessibleInterface {
public:
    AccessibleCard(CanvasView& view, document::Id id) : m_view(view), m_id(std::move(id)) {}

    const document::Id& id() const { return m_id; }
    bool isValid() const override { return component() != nullptr; }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(&m_view); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }

    QString text(QAccessible::Text kind) const override {
        const auto* drawn = component();
        if (!drawn || (kind != QAccessible::Name && kind != QAccessible::Description)) return {};
        const auto& figures = m_view.stage().figures;
        return kind == QAccessible::Name ? accessibleName(*drawn, figures.assessment(), figures.problems()) : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}

    QRect rect() const override {
        const auto found = m_view.canvasScene().rects().find(m_id);
        if (found == m_view.canvasScene().rects().end()) return {};
        const QRect inView = m_view.viewportTransform().mapRect(found->second).toRect();
        return {m_view.viewport()->mapToGlobal(inView.topLeft()), inView.size()};
    }

    QAccessible::State state() const override {
        QAccessible::State state;
        const auto& selection = m_view.stage().document.selection();
        state.selectable = state.focusable = true;
        state.multiSelectable = true;
        state.selected = selection.components.contains(m_id);
        state.focused = m_view.hasFocus() && selection.single() == m_id;
        state.offscreen = !m_view.camera().seen().intersects(
            m_view.canvasScene().rects().contains(m_id) ? m_view.canvasScene().rects().at(m_id) : QRectF());
        return state;
    }

private:
    const document::Component* component() const {
        const auto* drawn = m_view.canvasScene().scenario();
        return drawn ? document::findComponent(*drawn, m_id) : nullptr;
    }

    CanvasView& m_view;
    document::Id m_id;
};

QAccessibleInterface* makeCanvas(const QString&, QObject* object) {
    auto* view = qobject_cast<CanvasView*>(object);
    return view ? new AccessibleCanvas(*view) : nullptr;
}

std::vector<document::Id> orderOf(CanvasView& view) {
    const auto* drawn = view.canvasScene().scenario();
    return drawn ? flowOrder(*drawn) : std::vector<document::Id>{};
}

} // namespace

void installAccessibleCanvas() {
    [[maybe_unused]] static const bool installed = [] {
        QAccessible::installFactory(makeCanvas);
        return true;
    }();
}

AccessibleCanvas::AccessibleCanvas(CanvasView& view)
    : QAccessibleWidget(&view, QAccessible::List, view.accessibleName()), m_view(view) {}

AccessibleCanvas::~AccessibleCanvas() {
    for (const auto& [id, card] : m_cards) QAccessible::deleteAccessibleInterface(card);
}

int AccessibleCanvas::childCount() const {
    return static_cast<int>(orderOf(m_view).size());
}

QAccessibleInterface* AccessibleCanvas::interfaceOf(const document::Id& id) const {
    auto& known = m_cards[id];
    if (!known) known = QAccessible::registerAccessibleInterface(new AccessibleCard(m_view, id));
    return QAccessible::accessibleInterface(known);
}

QAccessibleInterface* AccessibleCanvas::child(int index) const {
    const auto order = orderOf(m_view);
    if (index < 0 || index >= static_cast<int>(order.size())) return nullptr;
    return interfaceOf(order[static_cast<std::size_t>(index)]);
}

int AccessibleCanvas::indexOfChild(const QAccessibleInterface* child) const {
    const auto order = orderOf(m_view);
    for (std::size_t i = 0; i < order.size(); ++i)
        if (interfaceOf(order[i]) == child) return static_cast<int>(i);
    return -1;
}

QAccessibleInterface* AccessibleCanvas::childAt(int x, int y) const {
    const QPointF scene = m_view.mapToScene(m_view.viewport()->mapFromGlobal(QPoint(x, y)));
    const auto id = cardAt(m_view.canvasScene(), scene);
    return id.empty() ? nullptr : interfaceOf(id);
}

QAccessibleInterface* AccessibleCanvas::focusChild() const {
    const auto id = m_view.stage().document.selection().single();
    return m_view.hasFocus() && m_view.canvasScene().card(id) ? interfaceOf(id) : nullptr;
}

} // namespace plimsoll::gui
