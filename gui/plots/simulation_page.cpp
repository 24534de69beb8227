#include "gui/plots/simulation_page.h"

#include "gui/theme/fonts.h"
#include "gui/theme/theme.h"
#include "gui/widgets/word_box.h"
#include "models/assess/agreement_text.h"
#include "models/text/figure_text.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace plimsoll::gui {
namespace {

constexpr int kPadding = 16, kRowHeight = 24, kHeadHeight = 28;
enum Column { Name, Figure, Solved, Simulated, Interval, OffBy, Judgement, ColumnCount };

QTableWidgetItem* cell(const std::string& words, bool left) {
    auto* item = new QTableWidgetItem(QString::fromStdString(words));
    item->setTextAlignment((left ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    return item;
}

QString requestsText(quint64 requests) {
    return QString::fromStdString(text::count(static_cast<double>(requests)).joined());
}

QString whyNothing(const assess::Assessment& simulated) {
    for (const auto& problem : simulated.problems)
        if (problem.severity == assess::Severity::Error) return QString::fromStdString(problem.message);
    return QCoreApplication::translate("SimulationPage", "Nothing to simulate: no request type is carried");
}

} // namespace

SimulationPage::SimulationPage(Simulation& simulation, QWidget* parent) : QWidget(parent), m_simulation(simulation) {
    setObjectName(QStringLiteral("simulationPage"));
    m_start = new QAction(tr("&Simulate"), this);
    m_start->setObjectName(QStringLiteral("simulate"));
    m_start->setShortcut(Qt::Key_F5);
    m_cancel = new QAction(tr("&Cancel the simulation"), this);
    m_cancel->setObjectName(QStringLiteral("cancelSimulation"));
    m_cancel->setShortcut(Qt::SHIFT | Qt::Key_F5);
    build();
    connect(m_start, &QAction::triggered, this,
            [this] { m_simulation.start(m_requests->currentData().toULongLong()); });
    connect(m_cancel, &QAction::triggered, &m_simulation, &Simulation::cancel);
    connect(m_button, &QPushButton::clicked, this,
            [this] { (m_simulation.isRunning() ? m_cancel : m_start)->trigger(); });
    connect(&m_simulation, &Simulation::changed, this, &SimulationPage::refresh);
    refresh();
}

void SimulationPage::build() {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->setSpacing(6);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(kPadding, 0, kPadding, 0);
    line->setSpacing(8);
    m_button = new QPushButton(this);
    m_button->setObjectName(QStringLiteral("simulateButton"));
    m_button->setMinimumWidth(88);
    m_requests = new WordBox(this);
    m_requests->setObjectName(QStringLiteral("requests"));
    m_requests->setAccessibleName(tr("Requests to simulate"));
    m_requests->setFixedWidth(136);
    m_requests->addItem(tr("100 000 requests"), quint64{100'000});
    m_requests->addItem(tr("1 M requests"), quint64{1'000'000});
    m_requests->addItem(tr("10 M requests"), quint64{10'000'000});
    m_requests->setCurrentIndex(1);
    m_progress = new QProgressBar(this);
    m_progress->setObjectName(QStringLiteral("progress"));
    m_progress->setRange(0, 100);
    m_progress->setFixedSize(160, 6);
    m_progress->setTextVisible(false);
    m_state = new QLabel(this);
    m_state->setObjectName(QStringLiteral("simulationState"));
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    line->addWidget(m_button);
    line->addWidget(m_requests);
    line->addWidget(m_progress);
    line->addWidget(m_state, 1);
    layout->addLayout(line);
    m_table = new QTableWidget(0, ColumnCount, this);
    m_table->setObjectName(QStringLiteral("agreement"));
    m_table->setAccessibleName(tr("Solved and simulated figures"));
    m_table->setHorizontalHeaderLabels(
        {tr("Of"), tr("Figure"), tr("Solved"), tr("Simulated"), tr("95 % interval"), tr("Off by"), tr("Solved is")});
    for (const int column : {Name, Figure, Judgement})
        m_table->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (const int column : {Solved, Simulated, Interval, OffBy})
        m_table->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_table->horizontalHeader()->setFixedHeight(kHeadHeight);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(Interval, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(kRowHeight);
    m_table->setShowGrid(false);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setFocusPolicy(Qt::TabFocus);
    layout->addWidget(m_table, 1);
}

QString SimulationPage::twin() const {
    const auto* result = m_simulation.result();
    if (!result || !result->simulated.solved) return {};
    if (!result->solved.solved) return tr("Simulated alone: there is nothing solved to compare");
    int judged = 0, inside = 0;
    for (const auto& line : assess::agreement(result->solved, result->simulated))
        if (const auto good = assess::isInside(line)) {
            ++judged;
            inside += *good;
        }
    return tr("%1 of %2 solved figures lie in the simulated 95 % interval").arg(inside).arg(judged);
}

void SimulationPage::refresh() {
    const bool running = m_simulation.isRunning();
    m_start->setEnabled(!running);
    m_cancel->setEnabled(running);
    m_requests->setEnabled(!running);
    m_button->setText(running ? tr("Cancel") : tr("Simulate"));
    m_progress->setVisible(running);
    m_progress->setValue(qRound(100 * m_simulation.done()));
    const auto* result = m_simulation.result();
    QStringList words;
    if (running) words += QStringLiteral("%1 %").arg(m_progress->value());
    if (!running && m_simulation.wasCancelled()) words += tr("Stopped at %1 %").arg(m_progress->value());
    if (result && result->simulated.solved) words += tr("figures of %1 requests").arg(requestsText(result->requests));
    if (result && result->simulated.solved)
        if (const std::string why = assess::whyNotSolved(result->solved); !why.empty())
            words += tr("not solved: %1").arg(QString::fromStdString(why));
    if (result && !m_simulation.isCurrent()) words += tr("of an earlier version: simulate again");
    if (result && !result->simulated.solved) words += whyNothing(result->simulated);
    if (!result && !running && words.isEmpty())
        words += tr("Event by event on the real balancer: checks what the solver says, with intervals. F5");
    m_state->setToolTip(words.join(QStringLiteral(" · ")));
    elideState();
    m_table->setEnabled(m_simulation.isCurrent());
    if (result != m_shown) showTable();
    emit twinChanged();
}

/// The whole stands in the tooltip.
void SimulationPage::elideState() {
    layout()->activate(); // the progress bar may just have made room
    m_state->setText(m_state->fontMetrics().elidedText(m_state->toolTip(), Qt::ElideRight, m_state->width()));
}

void SimulationPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    elideState();
}

void SimulationPage::showTable() {
    m_shown = m_simulation.result();
    const auto lines =
        m_shown ? assess::agreement(m_shown->solved, m_shown->simulated) : std::vector<assess::AgreementLine>();
    const Theme& theme = themeFor(palette());
    m_table->setRowCount(static_cast<int>(lines.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const auto& line = lines[static_cast<std::size_t>(row)];
        const bool isFirst = row == 0 || lines[static_cast<std::size_t>(row - 1)].subject != line.subject;
        const assess::AgreementText words = assess::agreementText(line);
        m_table->setItem(row, Name, cell(isFirst ? line.name : "", true));
        m_table->setItem(row, Figure, cell(line.figure, true));
        m_table->setItem(row, Solved, cell(words.solved, false));
        m_table->setItem(row, Simulated, cell(words.simulated, false));
        m_table->setItem(row, Interval, cell(words.interval, false));
        m_table->setItem(row, OffBy, cell(words.deviation, false));
        m_table->setItem(row, Judgement, cell(words.judgement, true));
        m_table->item(row, Name)->setFont(uiFont(13, QFont::DemiBold));
        const auto inside = assess::isInside(line);
        if (inside) m_table->item(row, Judgement)->setForeground(*inside ? theme.good : theme.warning);
    }
}

void SimulationPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        m_shown = nullptr;
        refresh();
    }
}

} // namespace plimsoll::gui
