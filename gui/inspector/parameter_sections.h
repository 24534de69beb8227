#pragma once
#include "gui/inspector/page.h"
#include "gui/inspector/parameter_bindings.h"

#include <map>

namespace plimsoll::gui {

class Row;
class RowHover;
class Section;

/// The declared parameters of a type in their groups, a row each.
class ParameterSections : public QWidget {
    Q_OBJECT
public:
    ParameterSections(const PageContext& context, const Subjects& subjects, const components::ComponentType& type,
                      QWidget* parent = nullptr);
    void refresh();
    /// Puts each problem that concerns a field beside it; returns those that concern none.
    std::vector<assess::Problem> showProblems(const std::vector<assess::Problem>& problems);

private:
    Section* sectionOf(const std::string& group);
    Row* makeRow(const components::Parameter& parameter);
    void updateNotes();

    PageContext m_context;
    Subjects m_subjects;
    const components::ComponentType& m_type;
    RowHover* m_hover;
    std::map<std::string, Row*> m_rows;         // by key
    std::map<std::string, Section*> m_sections; // by group
};

} // namespace plimsoll::gui
