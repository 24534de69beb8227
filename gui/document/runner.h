// Solves the document on a worker thread while it is edited: latest wins, at most one waits, no debounce.
#pragma once
#include "gui/document/figures.h"
#include "models/document/project.h"

#include <QObject>
#include <QTimer>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace plimsoll::gui {

class Document;
class ViewState;

class Runner : public QObject {
    Q_OBJECT
public:
    Runner(Document& document, ViewState& view, Figures& figures, QObject* parent = nullptr);
    ~Runner() override;

    /// Whether the figures are those of the document as it stands (load curve and safe loads included); for tests.
    bool idle() const;

signals:
    void finished(); // everything asked for is answered

private:
    struct Job {
        document::Project project; // shares its parts with the document
        document::Id scenario;
        double loadFactor = 1;
        quint64 revision = 0;
    };
    void request();
    void work(const std::stop_token& stop);
    void answer(const Job& job, const std::stop_token& closing, const std::stop_token& newer);
    void deliver(std::shared_ptr<const assess::Assessment> assessment);
    void show(const std::shared_ptr<const assess::Assessment>& assessment);

    Document& m_document;
    ViewState& m_view;
    Figures& m_figures;
    QTimer m_staleTimer; // figures younger than 100 ms are not dimmed

    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::optional<Job> m_waiting;  // guarded by m_mutex
    std::stop_source m_refinement; // guarded by m_mutex; stops what a newer edit makes idle
    bool m_busy = false;           // guarded by m_mutex
    std::jthread m_worker;         // last: joins before the rest goes
};

} // namespace plimsoll::gui
