#pragma once
#include "gui/canvas/snapping.h"
#include "gui/canvas/tools/gesture.h"

#include <QTimer>

namespace plimsoll::gui {

/// Drags the selected components, areas with their content. Ctrl: no snapping. Shift: one axis. Alt: a copy. A single
/// card over a link goes into it. One undo step, at the release.
class MoveTool : public Gesture {
public:
    MoveTool(Stage& stage, const Pointer& pressed);
    ~MoveTool() override;
    void move(const Pointer& pointer) override;
    void release(const Pointer& pointer) override;
    void cancel() override;
    void paint(QPainter& painter, const Theme& theme, double d) const override;

private:
    QPointF shiftFor(const Pointer& pointer);
    std::vector<QRectF> neighbours() const;
    Rects shifted() const;
    void show();
    void lightArea();
    void finish();

    QPointF m_from, m_shift;
    Rects m_start;                 // where everything that moves was
    QRectF m_bounds;               // of all that moves
    std::set<document::Id> m_held; // selected themselves, not only carried by their area
    bool m_copies = false;
    Snapped m_snapped;
    LinkKey m_link;
    QTimer m_dwell; // an area lights up 150 ms after a card came in
};

} // namespace plimsoll::gui
