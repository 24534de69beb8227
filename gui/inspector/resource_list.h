#pragma once
#include "models/assess/assessment.h"

#include <QWidget>

#include <vector>

namespace plimsoll::gui {

/// One line a resource: name, bar of its utilisation, utilisation, mean number waiting.
class ResourceList : public QWidget {
    Q_OBJECT
public:
    explicit ResourceList(QWidget* parent = nullptr);
    void showResources(std::vector<assess::ResourceFigures> resources, bool stale);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<assess::ResourceFigures> m_resources;
    bool m_stale = false;
};

} // namespace plimsoll::gui
