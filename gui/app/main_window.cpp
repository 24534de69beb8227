#include "gui/app/main_window.h"

#include "gui/app/appearance.h"
#include "gui/app/export_actions.h"
#include "gui/app/file_actions.h"
#include "gui/app/menus.h"
#include "gui/app/toast.h"
#include "gui/canvas/canvas_view.h"
#include "gui/canvas/overlays/start_page.h"
#include "gui/document/runner.h"
#include "gui/document/simulation.h"
#include "gui/inspector/inspector_view.h"
#include "gui/palette/palette_view.h"
#include "gui/plots/plots_view.h"
#include "gui/plots/simulation_page.h"
#include "gui/status/status_bar_view.h"
#include "gui/toolbar/load_bar.h"
#include "gui/toolbar/overlay_bar.h"
#include "gui/toolbar/scenario_box.h"

#include <QCloseEvent>
#include <QDateTime>
#include <QDockWidget>
#include <QFileInfo>
#include <QLocale>
#include <QMenuBar>
#include <QSettings>
#include <QStatusBar>
#include <QToolBar>

namespace plimsoll::gui {
namespace {

const QString kLayout = QStringLiteral("windowLayout");
const QString kGeometry = QStringLiteral("windowGeometry");

/// A dock without title bar: its content brings its own head (mock/README.md).
QDockWidget* dock(QMainWindow* window, const QString& title, const QString& name, QWidget* content,
                  Qt::DockWidgetArea area) {
    auto* made = new QDockWidget(title, window);
    made->setObjectName(name);
    made->setTitleBarWidget(new QWidget(made));
    made->setFeatures(QDockWidget::DockWidgetClosable);
    made->setWidget(content);
    window->addDockWidget(area, made);
    return made;
}

} // namespace

MainWindow::MainWindow(Appearance& appearance, QWidget* parent) : QMainWindow(parent), m_appearance(appearance) {
    m_view.setScenario(m_document.project().scenarios.front()->id);
    m_runner = std::make_unique<Runner>(m_document, m_view, m_figures);
    m_simulation = std::make_unique<Simulation>(m_document, m_view);
    m_files = new FileActions(m_document, *this);
    m_exports = new ExportActions(m_document, m_view, m_figures, *this);
    assemble();
    connectViews();
    fillMenus();
    restoreLayout();
    documentReplaced();
}

/// The views go first: they look at the document until their end.
MainWindow::~MainWindow() {
    qDeleteAll(findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
}

void MainWindow::assemble() {
    m_canvas = new CanvasView(m_document, m_view, m_figures, this);
    m_palette = new PaletteView(this);
    m_inspector = new InspectorView(m_document, m_view, m_figures, this);
    m_plots = new PlotsView(m_document, m_view, m_figures, *m_simulation, this);
    m_loadBar = new LoadBar(m_document, m_view, m_figures, this);
    m_status = new StatusBarView(m_document, m_view, m_figures, this);
    m_canvas->setMinimumSize(480, 240);
    setCentralWidget(m_canvas);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    m_paletteDock = dock(this, tr("Palette"), QStringLiteral("paletteDock"), m_palette, Qt::LeftDockWidgetArea);
    m_inspectorDock =
        dock(this, tr("Inspector"), QStringLiteral("inspectorDock"), m_inspector, Qt::RightDockWidgetArea);
    m_plotsDock = dock(this, tr("Plots"), QStringLiteral("plotsDock"), m_plots, Qt::BottomDockWidgetArea);
    resizeDocks({m_paletteDock, m_inspectorDock}, {220, 340}, Qt::Horizontal);
    resizeDocks({m_plotsDock}, {260}, Qt::Vertical);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addWidget(m_status, 1);
}

void MainWindow::connectViews() {
    connect(&m_document, &Document::replaced, this, &MainWindow::documentReplaced);
    connect(&m_document, &Document::changed, this, &MainWindow::emptinessChanged);
    connect(&m_document, &Document::changed, this, &MainWindow::showTitle);
    connect(&m_document, &Document::fileChanged, this, &MainWindow::showTitle);
    connect(&m_document, &Document::refused, this, &MainWindow::showError);
    connect(m_files, &FileActions::failed, this, &MainWindow::showError);
    connect(m_exports, &ExportActions::failed, this, &MainWindow::showError);
    connect(m_exports, &ExportActions::written, this,
            [this](const QString& file) { Toast::show(*this, tr("Wrote %1").arg(QFileInfo(file).fileName())); });

    connect(m_palette, &PaletteView::addRequested, m_canvas, &CanvasView::addComponent);
    connect(m_canvas, &CanvasView::inspectRequested, m_inspector, &InspectorView::focusFirstField);
    connect(m_inspector, &InspectorView::leaveWanted, m_canvas, qOverload<>(&QWidget::setFocus));
    connect(m_canvas, &CanvasView::problemsRequested, this, [this](const document::Id& id) {
        m_canvas->showSubject(id); // the inspector lists a component's problems above its parameters
        m_inspectorDock->show();
    });
    connect(m_canvas, &CanvasView::openRequested, m_files->open, &QAction::trigger);
    connect(m_canvas, &CanvasView::fileRequested, m_files, &FileActions::openAfterQuestion);
    connect(m_canvas, &CanvasView::templateRequested, this,
            [this](const QString& id) { m_files->openAfterQuestion(QStringLiteral("template:") + id); });
    connect(m_status, &StatusBarView::componentActivated, m_canvas,
            [this](const QString& id) { m_canvas->showSubject(id.toStdString()); });
    connect(m_status, &StatusBarView::classActivated, this,
            [this](const QString& id) { m_view.setTracedClass(id.toStdString()); });
    connect(m_status, &StatusBarView::loadCurveActivated, this, [this] {
        m_plotsDock->show();
        m_plots->showTab(PlotsView::Tab::LoadCurve);
    });
    // Targets, cost and problems of the whole stand on the inspector's project page: nothing selected.
    for (const auto signal :
         {&StatusBarView::targetsActivated, &StatusBarView::costActivated, &StatusBarView::problemsActivated})
        connect(m_status, signal, this, [this] {
            m_document.select({});
            m_inspectorDock->show();
        });
    connect(m_plots->simulation()->actions().front(), &QAction::triggered, this, [this] {
        m_plotsDock->show();
        m_plots->showTab(PlotsView::Tab::Simulation);
    });
    const auto recent = [this] {
        QList<RecentFile> files;
        for (const QString& path : FileActions::recentFiles())
            files.append(
                RecentFile{.path = path,
                           .when = QLocale().toString(QFileInfo(path).lastModified().date(), QLocale::ShortFormat),
                           .figure = {}});
        m_canvas->setRecentFiles(files);
    };
    connect(m_files, &FileActions::recentFilesChanged, this, recent);
    recent();
}

void MainWindow::fillMenus() {
    const MenuParts parts{*m_files,
                          *m_exports,
                          m_document.undoStack(),
                          m_canvas->canvasActions(),
                          *new ScenarioBox(m_document, m_view, this),
                          *m_loadBar,
                          *new OverlayBar(m_view, this),
                          m_appearance,
                          m_plots->simulation()->actions(),
                          {m_paletteDock, m_inspectorDock, m_plotsDock}};
    m_canvas->addActions(m_loadBar->actions()); // single letters: with the focus on the canvas alone
    plimsoll::gui::fillMenus(*menuBar(), parts, *this);
    addToolBar(makeToolBar(parts, *m_canvas, *this));
}

void MainWindow::documentReplaced() {
    m_view.setScenario(m_document.project().scenarios.front()->id);
    m_view.setLoadFactor(1);
    emptinessChanged();
    showTitle();
}

void MainWindow::emptinessChanged() {
    // Before the first card there is nothing to inspect or to plot: the start page has the room.
    const auto* scenario = document::findScenario(m_document.project(), m_view.scenario());
    const bool empty = !scenario || scenario->components.empty();
    if (empty == m_inspectorDock->isHidden()) return;
    m_inspectorDock->setVisible(!empty);
    m_plotsDock->setVisible(!empty);
}

void MainWindow::showTitle() {
    setWindowTitle(tr("%1[*] – Plimsoll").arg(m_document.title()));
    setWindowModified(m_document.isModified());
}

void MainWindow::showError(const document::Error& error) {
    Toast::show(*this, QString::fromStdString(document::text(error)), Toast::Tone::Error);
}

std::expected<void, document::Error> MainWindow::open(const QString& file) {
    return m_files->openFile(file);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (m_closing || !m_document.isModified()) {
        QSettings().setValue(kLayout, saveState());
        QSettings().setValue(kGeometry, saveGeometry());
        event->accept();
        return;
    }
    event->ignore();
    m_files->whenSafe([this] {
        m_closing = true;
        close();
    });
}

void MainWindow::restoreLayout() {
    resize(1280, 800);
    restoreGeometry(QSettings().value(kGeometry).toByteArray());
    restoreState(QSettings().value(kLayout).toByteArray());
}

} // namespace plimsoll::gui
