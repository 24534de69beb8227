#pragma once
#include "gui/document/view_state.h"

#include <QWidget>

class QAction;

namespace plimsoll::gui {

/// What the cards show, as segments: Utilisation 1, Latency 2, Cost 3, Errors 4, Off 0.
class OverlayBar : public QWidget {
    Q_OBJECT
public:
    explicit OverlayBar(ViewState& view, QWidget* parent = nullptr);
    /// One a segment, checkable; their digits are single letters, to be added to the canvas, whose focus they need.
    QList<QAction*> actions() const { return m_actions; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }
    QRect segment(int index) const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    int segmentAt(QPoint position) const;
    void choose(int index);
    void refresh();

    ViewState& m_view;
    QList<QAction*> m_actions;
    int m_hovered = -1;
};

} // namespace plimsoll::gui
