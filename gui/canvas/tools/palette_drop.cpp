#include "gui/canvas/tools/palette_drop.h"

#include "gui/canvas/paint/area_painter.h"
#include "gui/canvas/paint/card_painter.h"
#include "gui/canvas/tools/drop_on_link.h"
#include "models/components/component_type.h"

#include <QCoreApplication>

namespace plimsoll::gui {
namespace {
constexpr double kGhostOpacity = 0.8;
} // namespace

bool PaletteDrop::enter(const std::string& typeId, const Pointer& pointer) {
    const auto* type = components::findType(typeId);
    if (!type || !m_stage.scene.scenario()) return false;
    m_component = {};
    m_component.type = typeId;
    m_component.name = std::string(type->label);
    if (type->capabilities.contains) m_component.size = document::Size{kAreaWidth, kAreaHeight};
    m_card = cardFigure(m_component);
    move(pointer);
    return true;
}

void PaletteDrop::move(const Pointer& pointer) {
    if (!m_card) return;
    const QRectF rect = rectOf(m_component);
    QPointF corner = pointer.scene - QPointF(rect.width() / 2, rect.height() / 2);
    if (!(pointer.modifiers & Qt::ControlModifier)) corner = onGrid(corner);
    m_component.position = fromPoint(corner);
    m_link = isArea(m_component) ? LinkKey{} : linkToDropNewOn(m_stage, rectOf(m_component).center(), m_component.type);
    m_stage.scene.look().dropLink = m_link;
    m_stage.scene.update();
}

void PaletteDrop::leave() {
    m_card.reset();
    m_link = {};
    m_stage.scene.look().dropLink = {};
    m_stage.scene.update();
}

bool PaletteDrop::drop(const Pointer& pointer) {
    if (!m_card) return false;
    move(pointer);
    const document::Component component = m_component;
    const LinkKey link = m_link;
    const QString name = m_card->name;
    leave();
    return m_stage.apply(QCoreApplication::translate("Canvas", "add %1").arg(name),
                         addedComponent(m_stage.project(), m_stage.scenario(), component.type,
                                        toPoint(component.position), {link.first, link.second}));
}

void PaletteDrop::paint(QPainter& painter, const Theme& theme) const {
    if (!m_card) return;
    const auto& look = m_stage.scene.look();
    painter.save();
    painter.setOpacity(kGhostOpacity);
    if (isArea(m_component)) {
        paintArea(painter, {m_card->name, {}, rectOf(m_component), 0}, theme,
                  {.detail = look.detail, .zoom = look.zoom, .selected = true});
    } else {
        painter.translate(toPoint(m_component.position));
        paintCard(painter, *m_card, theme, {.detail = look.detail, .zoom = look.zoom, .selected = true});
    }
    painter.restore();
}

} // namespace plimsoll::gui
