#include "gui/canvas/tools/rubber_band_tool.h"

namespace plimsoll::gui {
namespace {

bool crosses(const std::vector<QPointF>& route, const QRectF& band) {
    for (std::size_t i = 1; i < route.size(); ++i) {
        const QRectF piece = boundsOf({route[i - 1], route[i]});
        if (piece.left() <= band.right() && piece.right() >= band.left() && piece.top() <= band.bottom() &&
            piece.bottom() >= band.top())
            return true;
    }
    return false;
}

} // namespace

RubberBandTool::RubberBandTool(Stage& stage, const Pointer& pressed)
    : Gesture(stage), m_from(pressed.scene), m_to(pressed.scene), m_before(stage.document.selection()),
      m_adds(pressed.modifiers & (Qt::ShiftModifier | Qt::ControlModifier)) {}

void RubberBandTool::move(const Pointer& pointer) {
    m_to = pointer.scene;
    const QRectF band = QRectF(m_from, m_to).normalized();
    const bool encloses = m_to.x() >= m_from.x();
    Selection taken = m_adds ? m_before : Selection{};
    for (const auto& [id, rect] : m_stage.scene.rects())
        // An area is taken whole only: its inside is where bands are drawn.
        if (encloses || !m_stage.scene.card(id) ? band.contains(rect) : band.intersects(rect))
            taken.components.insert(id);
    for (const auto& link : m_stage.scene.scenario()->links) {
        const LinkKey key{link->from, link->to};
        const auto& route = m_stage.scene.layout().route(key);
        if (route.empty()) continue;
        if (encloses ? band.contains(boundsOf(route)) : crosses(route, band)) taken.links.insert(key);
    }
    m_stage.document.select(std::move(taken));
}

void RubberBandTool::cancel() {
    m_stage.document.select(m_before);
}

void RubberBandTool::paint(QPainter& painter, const Theme& theme, double d) const {
    QColor fill = theme.accent;
    fill.setAlphaF(0.08F);
    painter.setPen(QPen(theme.accent, d, m_to.x() >= m_from.x() ? Qt::SolidLine : Qt::DashLine));
    painter.setBrush(fill);
    painter.drawRect(QRectF(m_from, m_to).normalized());
}

} // namespace plimsoll::gui
