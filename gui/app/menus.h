// The menus and the tool bar: every deed with its words and key, in one place to look for it.
#pragma once
#include <QList>
#include <QMenuBar>
#include <QToolBar>
#include <QUndoStack>

class QDockWidget;
class QWidget;

namespace plimsoll::gui {

class Appearance;
class CanvasView;
class ExportActions;
class FileActions;
class LoadBar;
class OverlayBar;
class ScenarioBox;
struct CanvasActions;

/// What brings actions of its own.
struct MenuParts {
    FileActions& files;
    ExportActions& exports;
    QUndoStack& undo;
    const CanvasActions& canvas;
    ScenarioBox& scenarios;
    LoadBar& loadBar;
    OverlayBar& overlays;
    Appearance& appearance;
    QList<QAction*> simulation;
    QList<QDockWidget*> docks;
};

void fillMenus(QMenuBar& bar, const MenuParts& parts, QWidget& window);
/// Scenario, load, overlay, undo and redo, zoom.
QToolBar* makeToolBar(const MenuParts& parts, CanvasView& canvas, QWidget& window);

} // namespace plimsoll::gui
