// What floats over the canvas, and where: strip top left, verdict across the top, legend bottom left, map bottom right,
// messages bottom centre, the start page over all of it while nothing is drawn.
#pragma once
#include "gui/canvas/overlays/start_page.h"
#include "gui/canvas/tools/stage.h"

namespace plimsoll::gui {

class Legend;
class MessageBar;
class Minimap;
class RequestStrip;
class VerdictLine;

class CanvasOverlays : public QObject {
    Q_OBJECT
public:
    CanvasOverlays(Stage& stage, QWidget& viewport, QObject* parent);

    void arrange();
    /// Something went, with a way back.
    void sayLost(const QString& text);
    void setRecentFiles(const QList<RecentFile>& files) { m_start->setRecentFiles(files); }
    /// The start page makes room while a card is dragged over it.
    void setDropping(bool dropping);

signals:
    void openRequested();
    void fileRequested(const QString& path);
    void templateRequested(const QString& id);
    void addRequested(const QString& typeId);

private:
    void refresh();
    bool isEmpty() const;
    bool lacksClients() const;

    Stage& m_stage;
    QWidget& m_viewport;
    RequestStrip* m_strip;
    VerdictLine* m_verdict;
    Legend* m_legend;
    Minimap* m_map;
    MessageBar *m_lost, *m_missing;
    StartPage* m_start;
    bool m_dropping = false, m_begunEmpty = false;
};

} // namespace plimsoll::gui
