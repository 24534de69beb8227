#include "gui/app/menus.h"

#include "gui/app/appearance.h"
#include "gui/app/export_actions.h"
#include "gui/app/file_actions.h"
#include "gui/app/icon_button.h"
#include "gui/app/shortcuts_sheet.h"
#include "gui/canvas/canvas_view.h"
#include "gui/toolbar/load_bar.h"
#include "gui/toolbar/overlay_bar.h"
#include "gui/toolbar/scenario_box.h"

#include <QActionGroup>
#include <QDockWidget>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>

namespace plimsoll::gui {
namespace {

constexpr int kToolBarHeight = 40, kToolBarEdge = 8; // mock/README.md

void add(QMenu& menu, const QList<QAction*>& actions) {
    for (auto* action : actions) {
        if (action)
            menu.addAction(action);
        else
            menu.addSeparator();
    }
}

void fillRecent(QMenu& menu, FileActions& files) {
    menu.clear();
    for (const QString& path : FileActions::recentFiles())
        QObject::connect(menu.addAction(QFileInfo(path).fileName()), &QAction::triggered, &files,
                         [&files, path] { files.openAfterQuestion(path); });
    menu.setEnabled(!menu.isEmpty());
}

void fillFileMenu(QMenu& menu, const MenuParts& parts, QWidget& window) {
    add(menu, {parts.files.newProject, parts.files.open});
    auto* recent = menu.addMenu(QObject::tr("Open &recent"));
    auto& files = parts.files;
    QObject::connect(&menu, &QMenu::aboutToShow, recent, [recent, &files] { fillRecent(*recent, files); });
    add(menu, {nullptr, parts.files.save, parts.files.saveAs, nullptr});
    auto* exports = menu.addMenu(QObject::tr("&Export"));
    add(*exports, {parts.exports.pdf, parts.exports.png, parts.exports.svg, parts.exports.json});
    menu.addSeparator();
    auto* quit = menu.addAction(QObject::tr("&Quit"));
    quit->setShortcut(QKeySequence::Quit);
    QObject::connect(quit, &QAction::triggered, &window, &QWidget::close);
}

QList<QAction*> undoActions(QUndoStack& stack, QObject* owner) {
    auto* undo = stack.createUndoAction(owner, QObject::tr("Undo"));
    undo->setShortcut(QKeySequence::Undo);
    undo->setObjectName(QStringLiteral("undo"));
    auto* redo = stack.createRedoAction(owner, QObject::tr("Redo"));
    redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    redo->setObjectName(QStringLiteral("redo"));
    return {undo, redo};
}

void fillThemeMenu(QMenu& menu, Appearance& appearance) {
    auto* group = new QActionGroup(&menu);
    const std::pair<QString, Appearance::Choice> choices[] = {
        {QObject::tr("Like the &system"), Appearance::Choice::System},
        {QObject::tr("&Light"), Appearance::Choice::Light},
        {QObject::tr("&Dark"), Appearance::Choice::Dark}};
    for (const auto& [words, choice] : choices) {
        auto* action = group->addAction(menu.addAction(words));
        action->setCheckable(true);
        action->setChecked(appearance.choice() == choice);
        QObject::connect(action, &QAction::triggered, &appearance,
                         [&appearance, choice = choice] { appearance.choose(choice); });
    }
}

} // namespace

void fillMenus(QMenuBar& bar, const MenuParts& parts, QWidget& window) {
    fillFileMenu(*bar.addMenu(QObject::tr("&File")), parts, window);

    auto* edit = bar.addMenu(QObject::tr("&Edit"));
    add(*edit, undoActions(parts.undo, &window));
    edit->addSeparator();
    add(*edit, parts.canvas.edit);
    edit->addSeparator();
    add(*edit, parts.canvas.select);

    auto* view = bar.addMenu(QObject::tr("&View"));
    add(*view, parts.canvas.view);
    view->addSeparator();
    add(*view, parts.canvas.overlay);
    view->addSeparator();
    for (auto* dock : parts.docks) view->addAction(dock->toggleViewAction());
    fillThemeMenu(*view->addMenu(QObject::tr("&Theme")), parts.appearance);

    add(*bar.addMenu(QObject::tr("&Insert")), parts.canvas.insert);
    auto* analyse = bar.addMenu(QObject::tr("&Analyse"));
    add(*analyse, parts.loadBar.actions());
    analyse->addSeparator();
    add(*analyse, parts.simulation);

    auto* report = bar.addMenu(QObject::tr("&Report"));
    report->addAction(parts.exports.pdf);

    auto* help = bar.addMenu(QObject::tr("&Help"));
    auto* shortcuts = help->addAction(QObject::tr("&Shortcuts"));
    shortcuts->setShortcut(QKeySequence::HelpContents);
    QObject::connect(shortcuts, &QAction::triggered, &window, [&bar, &window] { showShortcuts(bar, window); });
    auto* about = help->addAction(QObject::tr("&About Plimsoll"));
    QObject::connect(about, &QAction::triggered, &window, [&window] { showAbout(window); });
}

QToolBar* makeToolBar(const MenuParts& parts, CanvasView& canvas, QWidget& window) {
    auto* bar = new QToolBar(QObject::tr("Tools"), &window);
    bar->setObjectName(QStringLiteral("toolBar"));
    bar->setMovable(false);
    bar->setFloatable(false);
    bar->setFixedHeight(kToolBarHeight);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    const auto gap = [bar](int width) {
        auto* space = new QWidget(bar);
        space->setFixedWidth(width);
        bar->addWidget(space);
    };
    gap(kToolBarEdge);
    bar->addWidget(&parts.scenarios);
    gap(kToolBarEdge);
    bar->addWidget(&parts.loadBar);
    bar->addSeparator();
    bar->addWidget(&parts.overlays);
    bar->addSeparator();
    const auto button = [bar](QAction* action, const QString& icon) {
        bar->addWidget(new IconButton(action, icon, bar));
    };
    const auto undo = undoActions(parts.undo, bar);
    for (auto* action : undo) action->setShortcuts({}); // the menu's have them
    button(undo[0], QStringLiteral("undo"));
    button(undo[1], QStringLiteral("redo"));
    bar->addSeparator();
    button(parts.canvas.zoomOut, QStringLiteral("minus"));
    auto* zoom = new QLabel(bar);
    zoom->setAlignment(Qt::AlignCenter);
    zoom->setFixedWidth(48);
    const auto show = [zoom](double factor) { zoom->setText(QStringLiteral("%1 %").arg(qRound(factor * 100))); };
    show(canvas.zoom());
    QObject::connect(&canvas, &CanvasView::zoomChanged, zoom, show);
    bar->addWidget(zoom);
    button(parts.canvas.zoomIn, QStringLiteral("plus"));
    button(parts.canvas.fit, QStringLiteral("fit"));
    gap(kToolBarEdge);
    return bar;
}

} // namespace plimsoll::gui
