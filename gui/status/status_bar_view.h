#pragma once
#include "gui/document/document.h"
#include "gui/document/figures.h"
#include "gui/document/view_state.h"

#include <QWidget>

namespace plimsoll::gui {

class StatusButton;

/// The figures of the whole at the foot of the window; each is a button that jumps to its cause.
class StatusBarView : public QWidget {
    Q_OBJECT
public:
    StatusBarView(Document& document, ViewState& view, Figures& figures, QWidget* parent = nullptr);
    StatusButton* button(int index) const { return m_buttons[static_cast<std::size_t>(index)]; }

signals:
    void classActivated(const QString& id);     // the request type with the worst latency: trace it
    void targetsActivated();                    // the targets on the project page
    void loadCurveActivated();                  // where the safe load stands
    void componentActivated(const QString& id); // the bottleneck: select and show it
    void costActivated();
    void problemsActivated();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    void activate(int index);

    Document& m_document;
    ViewState& m_view;
    Figures& m_figures;
    std::vector<StatusButton*> m_buttons; // one a StatusItem::Kind
};

} // namespace plimsoll::gui
