#include "gui/canvas/tools/select_tool.h"

#include "gui/canvas/tools/area_resize_tool.h"
#include "gui/canvas/tools/link_tool.h"
#include "gui/canvas/tools/move_tool.h"
#include "gui/canvas/tools/rubber_band_tool.h"

#include <algorithm>

namespace plimsoll::gui {
namespace {

template <class Set, class Key> void choose(Set& chosen, const Key& key, Qt::KeyboardModifiers modifiers) {
    if (modifiers & Qt::ControlModifier) {
        if (!chosen.erase(key)) chosen.insert(key);
    } else {
        chosen.insert(key);
    }
}

document::Id nextBelow(const CanvasScene& scene, const Selection& before, const document::Id& top,
                       const QPointF& point) {
    const auto stack = componentsAt(scene, point);
    const auto selected = std::find(stack.begin(), stack.end(), before.single());
    if (stack.size() < 2 || selected == stack.end()) return top;
    return std::next(selected) == stack.end() ? stack.front() : *std::next(selected);
}

} // namespace

Selection clicked(const CanvasScene& scene, const Selection& before, const Hit& hit, const QPointF& point,
                  Qt::KeyboardModifiers modifiers) {
    const bool keeps = modifiers & (Qt::ControlModifier | Qt::ShiftModifier);
    Selection after = keeps ? before : Selection{};
    if (hit.onComponent())
        choose(after.components, keeps ? hit.component : nextBelow(scene, before, hit.component, point), modifiers);
    else if (hit.onLink())
        choose(after.links, hit.link, modifiers);
    return after;
}

SelectTool::SelectTool(Stage& stage, const Pointer& pressed)
    : Gesture(stage), m_pressed(pressed), m_hit(hitAt(stage.scene, pressed.scene)) {}

void SelectTool::move(const Pointer& pointer) {
    const QPointF apart = pointer.view - m_pressed.view;
    if (QPointF::dotProduct(apart, apart) < kDragThreshold * kDragThreshold) return;
    m_successor = dragged(pointer);
    m_successor->move(pointer);
}

void SelectTool::release(const Pointer&) {
    if (m_hit.kind == Hit::Kind::Badge) m_stage.showProblems(m_hit.component);
    m_stage.document.select(
        clicked(m_stage.scene, m_stage.document.selection(), m_hit, m_pressed.scene, m_pressed.modifiers));
}

std::unique_ptr<Gesture> SelectTool::dragged(const Pointer& pointer) {
    switch (m_hit.kind) {
    case Hit::Kind::OutPort: return std::make_unique<LinkTool>(m_stage, m_hit.component, LinkTool::From::Source);
    case Hit::Kind::InPort: return std::make_unique<LinkTool>(m_stage, m_hit.component, LinkTool::From::Target);
    case Hit::Kind::LinkEnd: return std::make_unique<LinkTool>(m_stage, m_hit.link, LinkTool::From::Source);
    case Hit::Kind::LinkStart: return std::make_unique<LinkTool>(m_stage, m_hit.link, LinkTool::From::Target);
    case Hit::Kind::AreaCorner: return std::make_unique<AreaResizeTool>(m_stage, m_hit.component, m_pressed);
    case Hit::Kind::Card:
    case Hit::Kind::Name:
    case Hit::Kind::Badge:
    case Hit::Kind::Area: return moveSelected(pointer);
    case Hit::Kind::Link:
    case Hit::Kind::Nothing: break;
    }
    return std::make_unique<RubberBandTool>(m_stage, m_pressed);
}

std::unique_ptr<Gesture> SelectTool::moveSelected(const Pointer&) {
    const Selection& before = m_stage.document.selection();
    if (!before.components.contains(m_hit.component)) {
        const bool adds = m_pressed.modifiers & Qt::ControlModifier;
        Selection after = adds ? before : Selection{};
        after.components.insert(m_hit.component);
        m_stage.document.select(std::move(after));
    }
    return std::make_unique<MoveTool>(m_stage, m_pressed);
}

} // namespace plimsoll::gui
