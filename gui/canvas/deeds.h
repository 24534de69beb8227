// What keys and menus do on the canvas, apart from pointer gestures.
#pragma once
#include "gui/canvas/flow_order.h"
#include "gui/canvas/tools/stage.h"

#include <QElapsedTimer>

namespace plimsoll::gui {

class NameEditor;
class QuickList;

class Deeds : public QObject {
    Q_OBJECT
public:
    Deeds(Stage& stage, QuickList& list, NameEditor& editor, QObject* parent);

    // ---- edits of the selection
    void remove();
    void removeAndClose();
    void duplicate();
    void copy();
    void cut();
    /// At the pointer if it is over the canvas, else 40 right and down.
    void paste(const std::optional<QPointF>& pointer);
    void nudge(const QPointF& step);
    void rename();
    void rename(const document::Id& component);
    /// Puts the selected components into a new area, or takes the selected areas away from around their content.
    void group();
    void ungroup();

    // ---- new components and links
    /// Right of the selection, linked if that is legal, else in the middle of the view.
    void add(const QString& typeId);
    /// Asks what to add: at `pointer` (viewport) if given, else after the selection.
    void quickAdd(const std::optional<QPoint>& pointer);
    /// Asks what to add with this wiring, placed at a point of the viewport.
    void askWhatToAdd(const Wiring& wiring, const QPoint& at);
    /// Asks what the selected card is linked to.
    void linkFromSelection();

    // ---- selection
    void selectAll();
    void selectStream(Stream stream);
    /// The next component in flow order; false after the last one.
    bool selectNext(bool forward);
    void selectNearest(int dx, int dy);

private:
    void choose(const document::Id& component);
    void addAt(const QString& typeId, const QPointF& corner, const Wiring& wiring);
    QPoint besideSelection() const;

    Stage& m_stage;
    QuickList& m_list;
    NameEditor& m_editor;
    QElapsedTimer m_sinceNudge;
};

} // namespace plimsoll::gui
