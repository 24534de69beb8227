// The canvas' actions, for menus and keys: the same words and shortcuts everywhere.
#pragma once
#include <QAction>
#include <QList>

#include <functional>
#include <optional>

namespace plimsoll::gui {

struct Stage;
class Deeds;

/// In the order of the menus; a nullptr is a separator.
struct CanvasActions {
    QList<QAction*> edit;    // cut, copy, paste, duplicate | rename, link, delete, delete and close | group, ungroup
    QList<QAction*> select;  // all, upstream, downstream, connected
    QList<QAction*> insert;  // quick add
    QList<QAction*> view;    // zoom in, out, 100 %, fit, fit selection
    QList<QAction*> overlay; // utilisation, latency, cost, errors, off: checkable, exclusive
    QAction* fit = nullptr;
    QAction* zoomIn = nullptr;
    QAction* zoomOut = nullptr;
};

/// Makes them on `canvas`; single letters and Del act only while it has the focus. `pointer` is where the pointer is
/// over the canvas, if it is.
CanvasActions makeCanvasActions(QWidget& canvas, Stage& stage, Deeds& deeds,
                                const std::function<std::optional<QPointF>()>& pointer);

} // namespace plimsoll::gui
