#pragma once
#include "gui/inspector/bindings.h"
#include "gui/inspector/link_fields.h"
#include "gui/inspector/page.h"

#include <map>

namespace plimsoll::gui {

class ChoiceRow;
class FigureGrid;
class Head;
class Row;
class RowHover;
class Section;

/// One selected link.
class LinkPage : public Page {
    Q_OBJECT
public:
    using Ends = std::pair<document::Id, document::Id>; // from, to
    LinkPage(const PageContext& context, Ends ends);
    void refresh() override;
    /// What decides which rows there are.
    static QString shape(const Document& document, const ViewState& view, const Ends& ends);

private:
    const document::Link* link() const;
    QString name() const;
    Section* sectionOf(const std::string& group);
    void add(Row* row, const components::Parameter& parameter);
    void addNumber(const LinkNumber& number);
    void addWord(const LinkWord& word);
    void addWhen();
    NumberBinding binding(const LinkNumber& number, const document::Id& classId) const;
    WordBinding binding(const components::Parameter& parameter, std::function<std::string(const document::Link&)> read,
                        std::function<void(document::Link&, const std::string&)> write) const;
    void refreshProblems();
    void refreshFigures();

    Ends m_ends;
    Head* m_head;
    RowHover* m_hover;
    std::map<std::string, Section*> m_sections;
    std::map<std::string, Row*> m_rows; // by field
    Section* m_figuresSection;
    FigureGrid* m_grid;
};

} // namespace plimsoll::gui
