#pragma once
#include "gui/inspector/page.h"

class QPlainTextEdit;
class QPushButton;

namespace plimsoll::gui {

class ClassBlock;
class ClassTable;
class FigureGrid;
class Head;
class MessageLine;
class RowHover;
class Section;
class TargetBlock;

/// With nothing selected: name and note, request types, targets, the whole's figures.
class ProjectPage : public Page {
    Q_OBJECT
public:
    explicit ProjectPage(const PageContext& context);
    void refresh() override;
    /// What decides which rows there are.
    static QString shape(const Document& document);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildTexts();
    void buildClasses();
    void buildTargets();
    void buildFigures();
    void refreshFigures();
    void rename(const QString& name, const QString& note);
    Section* addSection(const QString& title, const QString& name);
    QPushButton* addButton(Section* section, const QString& text, const QString& name);

    Head* m_head;
    QPlainTextEdit* m_note;
    RowHover* m_hover;
    Section *m_classSection, *m_targetSection, *m_figuresSection;
    QPushButton *m_addClass, *m_addTarget;
    MessageLine *m_classHint, *m_targetHint;
    std::vector<ClassBlock*> m_classes;
    std::vector<TargetBlock*> m_targets;
    FigureGrid* m_grid;
    ClassTable* m_table;
    MessageLine* m_problem;
};

} // namespace plimsoll::gui
