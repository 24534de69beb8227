#pragma once
#include "gui/document/document.h"
#include "gui/document/figures.h"
#include "gui/document/view_state.h"

#include <QVBoxLayout>
#include <QWidget>

#include <set>

namespace plimsoll::gui {

/// What a page of the inspector works with. `folded` remembers, while the window is open, which sections were folded
/// ("service/Threads") and which that start folded were opened ("+service/Threads").
struct PageContext {
    Document& document;
    ViewState& view;
    Figures& figures;
    std::set<QString>& folded;
};

/// What the inspector shows for one subject: a component, a link, the project. It re-reads its values in refresh();
/// when shape() changes (another row, another request type) the inspector makes a new page.
class Page : public QWidget {
    Q_OBJECT
public:
    explicit Page(const PageContext& context) : m_context(context) {
        m_layout = new QVBoxLayout(this);
        m_layout->setContentsMargins(0, 0, 0, 16);
        m_layout->setSpacing(0);
    }
    virtual void refresh() = 0;

protected:
    PageContext m_context;
    QVBoxLayout* m_layout;
};

} // namespace plimsoll::gui
