// The canvas: draws the document and hands the pointer, the keys and drops to those who know what they mean.
#pragma once
#include "gui/canvas/camera.h"
#include "gui/canvas/canvas_actions.h"
#include "gui/canvas/canvas_scene.h"
#include "gui/canvas/tools/border_scroll.h"
#include "gui/canvas/tools/gesture.h"
#include "gui/canvas/tools/palette_drop.h"

#include <QGraphicsView>

#include <memory>
#include <optional>

namespace plimsoll::gui {

class CanvasOverlays;
class Deeds;
class NameEditor;
class QuickList;
struct RecentFile;

class CanvasView : public QGraphicsView {
    Q_OBJECT
public:
    CanvasView(Document& document, ViewState& view, Figures& figures, QWidget* parent = nullptr);
    ~CanvasView() override;

    /// For the menus and the toolbar.
    const CanvasActions& canvasActions() const { return m_actions; }
    double zoom() const { return m_camera.zoom(); }
    Camera& camera() { return m_camera; }
    CanvasScene& canvasScene() { return m_scene; }
    const Stage& stage() const { return m_stage; }

    /// What the start page lists as recent.
    void setRecentFiles(const QList<RecentFile>& files);

public slots:
    /// From the palette: right of the selection, linked if that is legal, else in the middle of the view.
    void addComponent(const QString& typeId);
    /// Selects a component and brings it into view; a link as "from>to".
    void showSubject(const plimsoll::document::Id& subject);
    void zoomIn() { m_actions.zoomIn->trigger(); }
    void zoomOut() { m_actions.zoomOut->trigger(); }
    void fit() { m_actions.fit->trigger(); }

signals:
    void zoomChanged(double zoom);
    /// Enter, or a double click on a card or link: the inspector's first field.
    void inspectRequested();
    void problemsRequested(const plimsoll::document::Id& component);
    // ---- of the start page
    void openRequested();
    void fileRequested(const QString& path);
    void templateRequested(const QString& id);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    bool focusNextPrevChild(bool next) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    Pointer pointerAt(const QPointF& position, Qt::KeyboardModifiers modifiers) const;
    std::optional<QPointF> pointerOver() const;
    void begin(std::unique_ptr<Gesture> gesture);
    void moveGesture(const Pointer& pointer);
    bool cancelGesture();
    void hover(const Pointer& pointer);
    void openMenu(const QPoint& position);
    void handlePinch(double factor, const QPointF& position);
    void followHistory();
    void tellFocus();
    void fitWhenShown();
    void fitAgain();

    Document& m_document;
    CanvasScene m_scene;
    Camera m_camera;
    Stage m_stage;
    QuickList* m_list;
    NameEditor* m_editor;
    Deeds* m_deeds;
    CanvasActions m_actions;
    std::unique_ptr<Gesture> m_gesture;
    PaletteDrop m_drop;
    BorderScroll m_borderScroll;
    Pointer m_last;           // where the pointer was last, for keys and scrolling
    bool m_inside = false;    // whether it is over the canvas
    bool m_space = false;     // held: the left button pans
    bool m_fitPending = true; // a document was opened before the view had a size
    QTransform m_fitted;      // what the camera was when it fitted: while it is, a resize fits again
    int m_historyIndex = 0, m_historyCount = 0;
    CanvasOverlays* m_overlays = nullptr;
};

} // namespace plimsoll::gui
