#pragma once
#include "models/assess/assessment.h"
#include "models/document/project.h"

#include <QObject>

#include <memory>
#include <thread>
#include <vector>

namespace plimsoll::gui {

/// Solves the templates in the background, once, for the figures on their cards.
class TemplateFigures : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    ~TemplateFigures() override;
    void solve(std::vector<document::Project> projects);

signals:
    void solved(int index, std::shared_ptr<const plimsoll::assess::Assessment> assessment);

private:
    std::jthread m_worker;
};

} // namespace plimsoll::gui
