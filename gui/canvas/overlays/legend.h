#pragma once
#include "gui/canvas/overlays/floating_box.h"
#include "gui/document/view_state.h"

#include <array>
#include <optional>

namespace plimsoll::gui {

/// The overlay's steps with their bounds; hovering one dims the cards of the others.
class Legend : public FloatingBox {
    Q_OBJECT
public:
    Legend(ViewState& view, QWidget* parent);

signals:
    void stepHovered(std::optional<int> step);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    std::array<QRectF, 5> stepRects() const;
    bool hatched() const;
    void hover(std::optional<int> step);
    void refresh();

    ViewState& m_view;
    std::optional<int> m_hovered;
};

} // namespace plimsoll::gui
