#include "gui/document/figures.h"

namespace plimsoll::gui {

void Figures::setAssessment(std::shared_ptr<const assess::Assessment> assessment) {
    m_problems = assessment->problems;
    // An answer without figures leaves the last good ones in place, greyed; those of another scenario would mislead.
    const bool sameScenario = m_assessment && m_assessment->scenario == assessment->scenario;
    if (assessment->solved || !sameScenario) m_assessment = assessment;
    m_stale = !assessment->solved;
    emit changed();
}

void Figures::setCurve(std::shared_ptr<const assess::LoadCurve> curve) {
    m_curve = std::move(curve);
    emit curveChanged();
}

void Figures::setStale(bool stale) {
    if (stale == m_stale) return;
    m_stale = stale;
    emit changed();
}

} // namespace plimsoll::gui
