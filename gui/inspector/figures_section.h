#pragma once
#include "gui/document/figures.h"
#include "gui/widgets/section.h"

class QLabel;

namespace plimsoll::gui {

class FigureGrid;
class NoteBox;
class ResourceList;

/// The figures of one component: cells, its resources one by one, and how they were computed.
class FiguresSection : public Section {
    Q_OBJECT
public:
    explicit FiguresSection(QWidget* parent = nullptr);
    /// nullptr: there are none; `reason` says why.
    void showFigures(const assess::ComponentFigures* figures, double loadFactor, bool stale, const QString& reason);

private:
    void showMethod(const assess::ComponentFigures& figures);

    FigureGrid* m_grid;
    ResourceList* m_resources;
    NoteBox* m_method;
    QLabel* m_none;
};

} // namespace plimsoll::gui
