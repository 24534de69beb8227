#include "gui/document/simulation.h"

#include "gui/document/document.h"
#include "gui/document/view_state.h"
#include "models/assess/simulation.h"

#include <QMetaObject>

#include <array>

namespace plimsoll::gui {
namespace {

constexpr std::array<quint64, 3> kRounds{100, 10, 1}; // divide the requests
constexpr double kAllRounds = 1.11;                   // of the requests asked for
constexpr int kPulse_ms = 100;

} // namespace

struct Simulation::Job {
    document::Project project; // shares its parts with the document
    document::Id scenario;
    assess::Options options;
    quint64 requests = 0;
};

Simulation::Simulation(Document& document, ViewState& view, QObject* parent)
    : QObject(parent), m_document(document), m_view(view) {
    m_pulse.setInterval(kPulse_ms);
    connect(&m_pulse, &QTimer::timeout, this, &Simulation::changed);
}

Simulation::~Simulation() = default;

bool Simulation::isCurrent() const {
    return m_result && m_result->simulated.revision == m_document.revision() &&
           m_result->simulated.scenario == m_view.scenario() && m_result->simulated.loadFactor == m_view.loadFactor();
}

void Simulation::start(quint64 requests) {
    if (m_running) return;
    m_running = true;
    m_cancelled = false;
    m_done = 0;
    const assess::Options options{
        .loadFactor = m_view.loadFactor(), .safeLoads = false, .revision = m_document.revision()};
    m_worker = std::jthread([this, job = Job{m_document.project(), m_view.scenario(), options, requests}](
                                const std::stop_token& stop) { work(job, stop); });
    m_pulse.start();
    emit changed();
}

void Simulation::cancel() {
    if (!m_running) return;
    m_cancelled = true;
    m_worker.request_stop();
}

void Simulation::work(const Job& job, const std::stop_token& stop) {
    const auto solved = assess::assess(job.project, job.scenario, job.options, stop);
    double before = 0; // of the rounds that are over
    for (const quint64 divisor : kRounds) {
        if (stop.stop_requested()) break;
        flow::SimulateOptions simulation;
        simulation.requests = std::max<quint64>(1, job.requests / divisor);
        flow::SimulateRun run;
        const double part = 1 / (static_cast<double>(divisor) * kAllRounds);
        run.progress = [this, before, part](Probability share) { m_done = before + part * share.value; };
        auto simulated = assess::simulate(job.project, job.scenario, job.options, simulation, stop, run);
        if (stop.stop_requested()) break;
        before += part;
        const bool failed = !simulated.solved;
        const auto result = std::make_shared<const Result>(
            Result{solved, std::move(simulated), simulation.requests, failed || divisor == kRounds.back()});
        QMetaObject::invokeMethod(this, [this, result] { take(result); }, Qt::QueuedConnection);
        if (failed) break;
    }
    QMetaObject::invokeMethod(this, [this] { finish(); }, Qt::QueuedConnection);
}

void Simulation::take(const std::shared_ptr<const Result>& result) {
    m_result = result;
    emit changed();
}

void Simulation::finish() {
    m_running = false;
    m_pulse.stop();
    emit changed();
}

} // namespace plimsoll::gui
