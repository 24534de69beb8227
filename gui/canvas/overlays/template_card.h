#pragma once
#include "models/assess/assessment.h"
#include "models/document/project.h"

#include <QAbstractButton>

#include <memory>

namespace plimsoll::gui {

/// A template on the start page: picture, name, one line, one figure. Pressing it opens it.
class TemplateCard : public QAbstractButton {
    Q_OBJECT
public:
    TemplateCard(QString id, const QString& name, QString description, document::Project project, QWidget* parent);
    static constexpr int kWidth = 336, kHeight = 240;

    const QString& id() const { return m_id; }
    const document::Project& project() const { return m_project; }
    void setAssessment(std::shared_ptr<const assess::Assessment> assessment);

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void paintFigure(QPainter& painter, const QRectF& line, double right) const;

    QString m_id, m_description;
    document::Project m_project;
    std::shared_ptr<const assess::Assessment> m_assessment;
};

} // namespace plimsoll::gui
