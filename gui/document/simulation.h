// Simulates the document as it stands, on a thread of its own, when asked to.
#pragma once
#include "models/assess/assessment.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <memory>
#include <thread>

namespace plimsoll::gui {

class Document;
class ViewState;

/// One simulation at a time. It goes in three rounds of a hundredth, a tenth and all of the requests, so that intervals
/// are seen to narrow and a cancelled run keeps the figures of its last full round.
class Simulation : public QObject {
    Q_OBJECT
public:
    struct Result {
        assess::Assessment solved, simulated;
        quint64 requests = 0; // of this round
        bool isLast = false;
    };

    Simulation(Document& document, ViewState& view, QObject* parent = nullptr);
    ~Simulation() override;

    bool isRunning() const { return m_running; }
    /// 0 to 1, of all the requests asked for.
    double done() const { return m_done; }
    bool wasCancelled() const { return m_cancelled; }
    /// nullptr before the first round of the first run.
    const Result* result() const { return m_result.get(); }
    /// Whether the result belongs to the document, scenario and load that are shown.
    bool isCurrent() const;
    /// Sets the result: what a round ends with.
    void take(const std::shared_ptr<const Result>& result);

public slots:
    void start(quint64 requests);
    void cancel();

signals:
    void changed(); // running, done or result

private:
    struct Job;
    void work(const Job& job, const std::stop_token& stop);
    void finish();

    Document& m_document;
    ViewState& m_view;
    QTimer m_pulse; // shows the progress, ten times a second
    std::atomic<double> m_done = 0;
    std::shared_ptr<const Result> m_result;
    bool m_running = false, m_cancelled = false;
    std::jthread m_worker; // last: joins before the rest goes
};

} // namespace plimsoll::gui
