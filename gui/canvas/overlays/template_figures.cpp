#include "gui/canvas/overlays/template_figures.h"

#include "models/assess/assess.h"

#include <QMetaObject>

namespace plimsoll::gui {

TemplateFigures::~TemplateFigures() {
    m_worker.request_stop();
}

void TemplateFigures::solve(std::vector<document::Project> projects) {
    m_worker = std::jthread([this, projects = std::move(projects)](const std::stop_token& stop) {
        for (int index = 0; index < static_cast<int>(projects.size()) && !stop.stop_requested(); ++index) {
            const auto& project = projects[static_cast<std::size_t>(index)];
            auto answer = std::make_shared<const assess::Assessment>(
                assess::assess(project, project.scenarios.front()->id, {}, stop));
            if (stop.stop_requested()) return;
            QMetaObject::invokeMethod(
                this, [this, index, answer] { emit solved(index, answer); }, Qt::QueuedConnection);
        }
    });
}

} // namespace plimsoll::gui
