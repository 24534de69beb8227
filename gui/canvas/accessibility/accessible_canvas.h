// The canvas for assistive technology: a list with one item a card, in flow order.
#pragma once
#include "gui/canvas/canvas_view.h"

#include <QAccessibleWidget>

namespace plimsoll::gui {

/// Makes QAccessible know the canvas; any number of calls.
void installAccessibleCanvas();

class AccessibleCanvas : public QAccessibleWidget {
public:
    explicit AccessibleCanvas(CanvasView& view);
    ~AccessibleCanvas() override;

    int childCount() const override;
    QAccessibleInterface* child(int index) const override;
    int indexOfChild(const QAccessibleInterface* child) const override;
    QAccessibleInterface* childAt(int x, int y) const override;
    QAccessibleInterface* focusChild() const override;
    CanvasView& view() const { return m_view; }

private:
    QAccessibleInterface* interfaceOf(const document::Id& id) const;

    CanvasView& m_view;
    mutable std::map<document::Id, QAccessible::Id> m_cards; // made when asked for
};

} // namespace plimsoll::gui
