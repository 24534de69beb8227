// Puts the window together: document, worker, views, docks and menus. It only assembles; the deeds are the views' own.
#pragma once
#include "gui/document/document.h"
#include "gui/document/figures.h"
#include "gui/document/view_state.h"

#include <QMainWindow>

#include <expected>
#include <memory>

namespace plimsoll::gui {

class Appearance;
class CanvasView;
class ExportActions;
class FileActions;
class InspectorView;
class LoadBar;
class PaletteView;
class PlotsView;
class Runner;
class Simulation;
class StatusBarView;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(Appearance& appearance, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// A .plimsoll file, a project as JSON, or "template:ID".
    std::expected<void, document::Error> open(const QString& file);
    Document& document() { return m_document; }
    const Figures& figures() const { return m_figures; }
    const Runner& runner() const { return *m_runner; }

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void assemble();
    void fillMenus();
    void connectViews();
    void documentReplaced();
    void emptinessChanged();
    void showTitle();
    void showError(const document::Error& error);
    void restoreLayout();

    Appearance& m_appearance;
    Document m_document;
    ViewState m_view;
    Figures m_figures;
    std::unique_ptr<Runner> m_runner;
    std::unique_ptr<Simulation> m_simulation;
    FileActions* m_files = nullptr;
    ExportActions* m_exports = nullptr;
    CanvasView* m_canvas = nullptr;
    PaletteView* m_palette = nullptr;
    InspectorView* m_inspector = nullptr;
    PlotsView* m_plots = nullptr;
    LoadBar* m_loadBar = nullptr;
    StatusBarView* m_status = nullptr;
    QDockWidget* m_paletteDock = nullptr;
    QDockWidget* m_inspectorDock = nullptr;
    QDockWidget* m_plotsDock = nullptr;
    bool m_closing = false; // the question about unsaved changes has been answered
};

} // namespace plimsoll::gui
