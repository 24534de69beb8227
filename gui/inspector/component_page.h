#pragma once
#include "gui/inspector/page.h"
#include "gui/inspector/parameter_bindings.h"

namespace plimsoll::gui {

class FiguresSection;
class Head;
class NoteBox;
class ParameterSections;

/// One selected component, or several.
class ComponentPage : public Page {
    Q_OBJECT
public:
    ComponentPage(const PageContext& context, std::vector<document::Id> ids);
    void refresh() override;

private:
    void build();
    void refreshHead();
    void refreshFigures();
    void refreshProblems();
    void rename(const QString& name);

    Subjects m_subjects;
    const components::ComponentType* m_type = nullptr; // none: several types, or an unknown one
    Head* m_head = nullptr;
    NoteBox *m_overload = nullptr, *m_problems = nullptr;
    ParameterSections* m_parameters = nullptr;
    FiguresSection* m_figuresSection = nullptr;
};

} // namespace plimsoll::gui
