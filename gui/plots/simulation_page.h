// The judge's page: run a simulation, see the solver's figures beside the simulated ones with their intervals.
#pragma once
#include "gui/document/simulation.h"

#include <QAction>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QTableWidget;

namespace plimsoll::gui {

class WordBox;

class SimulationPage : public QWidget {
    Q_OBJECT
public:
    explicit SimulationPage(Simulation& simulation, QWidget* parent = nullptr);
    /// Simulate (F5) and Cancel (Shift+F5), for the menu.
    QList<QAction*> actions() const { return {m_start, m_cancel}; }
    /// What the page says in one line, for the bar of tabs.
    QString twin() const;
    /// The document or the load has moved on: what is shown may be of an earlier one.
    void refresh();

signals:
    void twinChanged();

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void showTable();
    void elideState();

    Simulation& m_simulation;
    const Simulation::Result* m_shown = nullptr; // what the table was filled from
    QAction *m_start, *m_cancel;
    WordBox* m_requests;
    QPushButton* m_button;
    QProgressBar* m_progress;
    QLabel* m_state;
    QTableWidget* m_table;
};

} // namespace plimsoll::gui
