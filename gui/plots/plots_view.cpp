#include "gui/plots/plots_view.h"

#include "gui/plots/latency_plot.h"
#include "gui/plots/load_curve_plot.h"
#include "gui/plots/simulation_page.h"
#include "gui/theme/fonts.h"
#include "gui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace plimsoll::gui {
namespace {

constexpr int kTabHeight = 32, kPadding = 16;

} // namespace

PlotsView::PlotsView(Document& document, ViewState& view, Figures& figures, Simulation& simulation, QWidget* parent)
    : QWidget(parent), m_document(document), m_view(view), m_figures(figures) {
    setObjectName(QStringLiteral("plots"));
    setAccessibleName(tr("Plots"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(8, 0, kPadding, 0);
    m_tabs = new QTabBar(this);
    m_tabs->setFixedHeight(kTabHeight);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->addTab(tr("Load curve"));
    m_tabs->addTab(tr("Latency"));
    m_tabs->addTab(tr("Simulation"));
    m_twin = new QLabel(this);
    m_twin->setObjectName(QStringLiteral("twin"));
    m_twin->setFont(uiFont(12));
    m_twin->setForegroundRole(QPalette::PlaceholderText);
    m_twin->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_twin->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_twin->setFocusPolicy(Qt::NoFocus);
    m_twin->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    bar->addWidget(m_tabs);
    bar->addWidget(m_twin, 1);
    layout->addLayout(bar);
    layout->addSpacing(1); // the hairline
    m_stack = new QStackedWidget(this);
    m_loadCurve = new LoadCurvePlot(m_stack);
    m_latency = new LatencyPlot(m_stack);
    m_stack->addWidget(m_loadCurve);
    m_simulation = new SimulationPage(simulation, m_stack);
    m_stack->addWidget(m_latency);
    m_stack->addWidget(m_simulation);
    layout->addWidget(m_stack, 1);

    connect(m_tabs, &QTabBar::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_tabs, &QTabBar::currentChanged, this, &PlotsView::showTwin);
    connect(m_loadCurve, &LoadCurvePlot::presentLoadDragged, &view, &ViewState::setLoadFactor);
    connect(&view, &ViewState::loadFactorChanged, this, &PlotsView::followLoad);
    connect(&view, &ViewState::loadFactorChanged, m_simulation, &SimulationPage::refresh);
    connect(&view, &ViewState::scenarioChanged, m_simulation, &SimulationPage::refresh);
    connect(&document, &Document::changed, m_simulation, &SimulationPage::refresh);
    connect(m_simulation, &SimulationPage::twinChanged, this, &PlotsView::showTwin);
    connect(&figures, &Figures::changed, this, &PlotsView::refreshLoadCurve);
    connect(&figures, &Figures::curveChanged, this, &PlotsView::refreshLoadCurve);
    connect(&figures, &Figures::changed, this, &PlotsView::refreshLatency);
    refreshLoadCurve();
    refreshLatency();
}

void PlotsView::showTab(Tab tab) {
    m_tabs->setCurrentIndex(static_cast<int>(tab));
}

void PlotsView::refreshLoadCurve() {
    const auto* assessment = m_figures.assessment();
    LoadCurveSeries series;
    if (assessment) {
        const assess::LoadCurve none;
        const auto* curve = m_figures.curve();
        series = loadCurveSeries(m_document.project(), *assessment, curve ? *curve : none, m_view.loadFactor());
        if (!curve && assessment->solved && !m_document.project().classes.empty())
            series.missing = tr("The curve is being computed.");
    } else
        series.missing = m_document.project().classes.empty()
                             ? tr("No traffic yet: add Clients to see latency against load.")
                             : tr("There are no figures yet.");
    m_loadCurve->showSeries(series);
    showTwin();
}

void PlotsView::refreshLatency() {
    const auto* assessment = m_figures.assessment();
    m_latency->showSeries(latencySeries(m_document.project(), assessment ? *assessment : assess::Assessment{}));
    showTwin();
}

/// The line follows the hand at once; the rest of the chart does not depend on the present load.
void PlotsView::followLoad() {
    m_loadCurve->setPresentLoad(m_view.loadFactor());
}

void PlotsView::showTwin() {
    switch (static_cast<Tab>(m_stack->currentIndex())) {
    case Tab::LoadCurve: m_twinText = m_loadCurve->chart().series().twin; break;
    case Tab::Latency: m_twinText = m_latency->series().twin; break;
    case Tab::Simulation: m_twinText = m_simulation->twin(); break;
    }
    m_twin->setToolTip(m_twinText);
    m_twin->setText(m_twin->fontMetrics().elidedText(m_twinText, Qt::ElideRight, m_twin->width()));
}

void PlotsView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layout()->activate();
    showTwin();
}

void PlotsView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = themeFor(palette());
    painter.fillRect(rect(), theme.card);
    painter.fillRect(0, kTabHeight, width(), 1, theme.hairline);
}

} // namespace plimsoll::gui
