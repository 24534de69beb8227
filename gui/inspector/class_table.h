#pragma once
#include "models/assess/assessment.h"

#include <QStringList>
#include <QWidget>

#include <vector>

namespace plimsoll::gui {

/// A line a request type: name, rate, p50, p99, errors.
struct ClassLine {
    QString name;
    QStringList figures;
    bool trouble = false;
    bool operator==(const ClassLine&) const = default;
};
std::vector<ClassLine> classLines(const assess::Assessment& assessment);

class ClassTable : public QWidget {
    Q_OBJECT
public:
    explicit ClassTable(QWidget* parent = nullptr);
    void showLines(std::vector<ClassLine> lines, bool stale);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<ClassLine> m_lines;
    bool m_stale = false;
};

} // namespace plimsoll::gui
