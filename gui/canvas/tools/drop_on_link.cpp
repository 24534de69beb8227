#include "gui/canvas/tools/drop_on_link.h"

#include "gui/canvas/hit_test.h"

namespace plimsoll::gui {
namespace {

LinkKey near(const Stage& stage, const QPointF& centre) {
    return linkAt(stage.scene, centre, kDropOnLinkReach / stage.camera.zoom());
}

} // namespace

LinkKey linkToDropOn(const Stage& stage, const QPointF& centre, const document::Id& moving) {
    const LinkKey link = near(stage, centre);
    if (link.first.empty() || link.first == moving || link.second == moving) return {};
    const bool legal =
        edit::insertIntoLink(stage.project(), stage.scenario(), link.first, link.second, moving).has_value();
    return legal ? link : LinkKey{};
}

LinkKey linkToDropNewOn(const Stage& stage, const QPointF& centre, const std::string& type) {
    const LinkKey link = near(stage, centre);
    if (link.first.empty()) return {};
    const auto trial = addedComponent(stage.project(), stage.scenario(), type, centre, {link.first, link.second});
    return trial.project ? link : LinkKey{};
}

} // namespace plimsoll::gui
