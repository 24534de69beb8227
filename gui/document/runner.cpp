#include "gui/document/runner.h"

#include "gui/document/document.h"
#include "gui/document/view_state.h"
#include "models/assess/assess.h"

#include <QMetaObject>

#include <chrono>

namespace plimsoll::gui {

Runner::Runner(Document& document, ViewState& view, Figures& figures, QObject* parent)
    : QObject(parent), m_document(document), m_view(view), m_figures(figures) {
    m_staleTimer.setSingleShot(true);
    m_staleTimer.setInterval(100);
    connect(&m_staleTimer, &QTimer::timeout, this, [this] { m_figures.setStale(true); });
    connect(&document, &Document::changed, this, &Runner::request);
    connect(&view, &ViewState::scenarioChanged, this, &Runner::request);
    connect(&view, &ViewState::loadFactorChanged, this, &Runner::request);
    m_worker = std::jthread([this](const std::stop_token& stop) { work(stop); });
    request();
}

Runner::~Runner() {
    {
        const std::lock_guard lock(m_mutex);
        m_refinement.request_stop();
    }
    m_worker.request_stop();
    m_wake.notify_all();
}

bool Runner::idle() const {
    const std::lock_guard lock(m_mutex);
    return !m_busy && !m_waiting;
}

void Runner::request() {
    {
        const std::lock_guard lock(m_mutex);
        m_waiting = Job{m_document.project(), m_view.scenario(), m_view.loadFactor(), m_document.revision()};
        m_refinement.request_stop();
    }
    m_wake.notify_one();
    if (!m_staleTimer.isActive()) m_staleTimer.start();
}

void Runner::work(const std::stop_token& stop) {
    std::unique_lock lock(m_mutex);
    while (m_wake.wait(lock, stop, [this] { return m_waiting.has_value(); })) {
        const Job job = std::move(*m_waiting);
        m_waiting.reset();
        m_busy = true;
        m_refinement = std::stop_source();
        const std::stop_token refinement = m_refinement.get_token();
        lock.unlock();
        answer(job, stop, refinement);
        lock.lock();
        m_busy = false;
        if (!m_waiting && !stop.stop_requested())
            QMetaObject::invokeMethod(this, [this] { emit finished(); }, Qt::QueuedConnection);
    }
}

// Figures first, so that the cards follow the hand: this pass is not stopped by a newer edit, since while a slider is
// dragged there always is one and no figure would ever arrive. Safe loads and the curve, some dozens of solves, come
// after it and give way at once.
void Runner::answer(const Job& job, const std::stop_token& closing, const std::stop_token& newer) {
    const auto started = std::chrono::steady_clock::now();
    assess::Options options{.loadFactor = job.loadFactor, .safeLoads = false, .revision = job.revision};
    auto quick = assess::assess(job.project, job.scenario, options, closing);
    const auto solveTime = std::chrono::steady_clock::now() - started;
    if (closing.stop_requested()) return;
    quick.solveTime = solveTime;
    const bool solved = quick.solved;
    deliver(std::make_shared<const assess::Assessment>(std::move(quick)));
    if (!solved || newer.stop_requested()) return;

    options.safeLoads = true;
    auto full = assess::assess(job.project, job.scenario, options, newer);
    if (newer.stop_requested()) return;
    full.solveTime = solveTime;
    const auto factors = assess::curveFactors(full);
    auto curve = assess::loadCurve(job.project, job.scenario, factors, options, newer);
    if (newer.stop_requested()) return;
    deliver(std::make_shared<const assess::Assessment>(std::move(full)));
    QMetaObject::invokeMethod(
        this,
        [this, shared = std::make_shared<const assess::LoadCurve>(std::move(curve))] { m_figures.setCurve(shared); },
        Qt::QueuedConnection);
}

void Runner::deliver(std::shared_ptr<const assess::Assessment> assessment) {
    QMetaObject::invokeMethod(
        this, [this, assessment = std::move(assessment)] { show(assessment); }, Qt::QueuedConnection);
}

void Runner::show(const std::shared_ptr<const assess::Assessment>& assessment) {
    if (assessment->scenario != m_view.scenario()) return;
    const bool current = assessment->revision == m_document.revision() && assessment->loadFactor == m_view.loadFactor();
    current ? m_staleTimer.stop() : m_staleTimer.start();
    const assess::Assessment* known = m_figures.assessment();
    // Safe loads do not depend on the load slider: the known ones of this revision stay until this answer's own arrive.
    const bool keepSafeLoads = known && known->revision == assessment->revision && known->safeLoadFactor &&
                               known->scenario == assessment->scenario && assessment->solved &&
                               !assessment->safeLoadFactor;
    if (!keepSafeLoads) return m_figures.setAssessment(assessment);
    auto filled = *assessment;
    filled.safeLoadFactor = known->safeLoadFactor;
    for (std::size_t i = 0; i < filled.targets.size() && i < known->targets.size(); ++i) {
        filled.targets[i].safeLoadFactor = known->targets[i].safeLoadFactor;
        filled.targets[i].holdsAtEveryLoad = known->targets[i].holdsAtEveryLoad;
    }
    m_figures.setAssessment(std::make_shared<const assess::Assessment>(std::move(filled)));
}

} // namespace plimsoll::gui
