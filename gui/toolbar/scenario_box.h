#pragma once
#include "gui/document/document.h"
#include "gui/document/view_state.h"
#include "gui/widgets/word_box.h"

namespace plimsoll::gui {

/// Which scenario the window shows.
class ScenarioBox : public WordBox {
    Q_OBJECT
public:
    ScenarioBox(Document& document, ViewState& view, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();

    Document& m_document;
    ViewState& m_view;
};

} // namespace plimsoll::gui
