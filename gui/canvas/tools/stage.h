// What gestures and deeds of the canvas work on.
#pragma once
#include "gui/canvas/camera.h"
#include "gui/canvas/canvas_scene.h"
#include "gui/canvas/edits/canvas_edits.h"
#include "gui/document/document.h"
#include "gui/document/figures.h"
#include "gui/document/view_state.h"

#include <QWidget>

#include <functional>

namespace plimsoll::gui {

struct Stage {
    Document& document;
    ViewState& view;
    Figures& figures;
    CanvasScene& scene;
    Camera& camera;
    QWidget& canvas; // the view; parent of what floats over it

    /// Opens the list of what may be added with this wiring, at a point of the viewport.
    std::function<void(const Wiring&, const QPoint&)> askWhatToAdd;
    std::function<void(const document::Id&)> showProblems;
    std::function<void(const QString&)> sayLost; // something went, with a way back

    const document::Project& project() const { return document.project(); }
    const document::Id& scenario() const { return view.scenario(); }
    bool apply(const QString& text, Edited edited, const MergeKey& merge = {}) {
        return document.apply(text, std::move(edited.project), merge, std::move(edited.selection));
    }
};

/// "component" or "3 components": undo texts name what they did.
QString countedComponents(std::size_t count);

} // namespace plimsoll::gui
