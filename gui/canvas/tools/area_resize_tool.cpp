#include "gui/canvas/tools/area_resize_tool.h"

#include "gui/canvas/areas.h"

#include <QCoreApplication>

namespace plimsoll::gui {

AreaResizeTool::AreaResizeTool(Stage& stage, document::Id area, const Pointer& pressed)
    : Gesture(stage), m_area(std::move(area)), m_from(pressed.scene), m_start(stage.scene.rects().at(m_area)),
      m_rect(m_start), m_least(m_start.topLeft(), QSizeF(kAreaWidth, kAreaHeight)) {
    for (const auto& component : stage.scene.scenario()->components)
        if (component->area == m_area)
            m_least |= stage.scene.rects().at(component->id).adjusted(0, 0, kAreaPadding, kAreaPadding);
}

AreaResizeTool::~AreaResizeTool() {
    m_stage.scene.preview({});
}

void AreaResizeTool::move(const Pointer& pointer) {
    QPointF corner = m_start.bottomRight() + pointer.scene - m_from;
    if (!(pointer.modifiers & Qt::ControlModifier)) corner = onGrid(corner);
    m_rect = QRectF(m_start.topLeft(), corner);
    m_rect.setRight(std::max(corner.x(), m_least.right()));
    m_rect.setBottom(std::max(corner.y(), m_least.bottom()));
    m_stage.scene.preview({{m_area, m_rect}});
    m_stage.scene.update();
}

void AreaResizeTool::release(const Pointer& pointer) {
    move(pointer);
    const auto* area = document::findComponent(*m_stage.scene.scenario(), m_area);
    if (!area || m_rect == m_start) return;
    const edit::Placement placement{m_area, fromPoint(m_rect.topLeft()),
                                    document::Size{m_rect.width(), m_rect.height()}, area->area};
    m_stage.document.apply(QCoreApplication::translate("Canvas", "resize area"),
                           edit::place(m_stage.project(), m_stage.scenario(), {&placement, 1}));
}

} // namespace plimsoll::gui
