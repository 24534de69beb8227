// The figures that the views show, and whether they are those of the document as it stands.
#pragma once
#include "models/assess/assessment.h"

#include <QObject>

#include <memory>

namespace plimsoll::gui {

/// Filled by the Runner; canvas, inspector, plots and status bar only read it and follow changed().
class Figures : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// The last good figures; nullptr before the first. They stay, greyed, while newer ones are computed or cannot be.
    const assess::Assessment* assessment() const { return m_assessment.get(); }
    std::shared_ptr<const assess::Assessment> shared() const { return m_assessment; }
    /// nullptr before the first, and while another scenario's is not there yet.
    const assess::LoadCurve* curve() const { return m_curve.get(); }
    /// What stands in the way of figures for the document as it is; empty when the figures are current.
    const std::vector<assess::Problem>& problems() const { return m_problems; }
    /// Whether the figures belong to an older document (or to none) and are drawn dimmed.
    bool stale() const { return m_stale; }

    void setAssessment(std::shared_ptr<const assess::Assessment> assessment);
    void setCurve(std::shared_ptr<const assess::LoadCurve> curve);
    void setStale(bool stale);

signals:
    void changed();
    void curveChanged();

private:
    std::shared_ptr<const assess::Assessment> m_assessment;
    std::shared_ptr<const assess::LoadCurve> m_curve;
    std::vector<assess::Problem> m_problems;
    bool m_stale = false;
};

} // namespace plimsoll::gui
