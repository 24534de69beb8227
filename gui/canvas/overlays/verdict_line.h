#pragma once
#include "gui/canvas/overlays/floating_box.h"
#include "gui/document/figures.h"
#include "gui/document/view_state.h"

#include <QPushButton>

namespace plimsoll::gui {

/// Past saturation, across the top of the canvas: what is offered more than it can do, whom that concerns, and the way
/// back to x1.
class VerdictLine : public QWidget {
    Q_OBJECT
public:
    VerdictLine(Figures& figures, ViewState& view, QWidget* parent);
    static constexpr int kHeight = 36;
    bool wanted() const { return !m_verdict.isEmpty(); }

signals:
    void changed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();

    Figures& m_figures;
    ViewState& m_view;
    QString m_verdict, m_detail;
    QPushButton* m_back;
};

/// The two halves of the line for an answer: "Orders DB is offered 191 % of what it can do.", "Checkout waits longer
/// and longer."; empty where everything has a steady state.
std::pair<QString, QString> verdictOf(const assess::Assessment& assessment);

} // namespace plimsoll::gui
