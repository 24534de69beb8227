#pragma once
#include "gui/document/document.h"
#include "gui/document/figures.h"
#include "gui/document/view_state.h"

#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;

namespace plimsoll::gui {

class LoadSlider;

/// The load in the toolbar: slider, number, arrivals a second. View state, never an undo step.
class LoadBar : public QWidget {
    Q_OBJECT
public:
    LoadBar(Document& document, ViewState& view, Figures& figures, QWidget* parent = nullptr);
    ~LoadBar() override;
    /// Less load ([), more load (]), back to ×1 (\): single letters, to be added to the canvas, whose focus they need.
    QList<QAction*> actions() const { return m_actions; }
    LoadSlider* slider() const { return m_slider; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    void showField();
    void typed(const QString& text);
    void setInvalid(const QString& reason);
    void makeActions();

    Document& m_document;
    ViewState& m_view;
    Figures& m_figures;
    LoadSlider* m_slider;
    QLineEdit* m_field;
    QLabel* m_arrivals;
    QList<QAction*> m_actions;
    double m_before = 1; // where Esc in the field goes back to
};

} // namespace plimsoll::gui
