#include "gui/document/view_state.h"

#include <algorithm>

namespace plimsoll::gui {

void ViewState::setScenario(const document::Id& id) {
    if (id == m_scenario) return;
    m_scenario = id;
    emit scenarioChanged();
}

void ViewState::setLoadFactor(double factor) {
    factor = std::clamp(factor, 0.1, 100.0);
    if (factor == m_loadFactor) return;
    m_loadFactor = factor;
    emit loadFactorChanged();
}

void ViewState::setOverlay(Overlay overlay) {
    if (overlay == m_overlay) return;
    m_overlay = overlay;
    emit overlayChanged();
}

void ViewState::setTracedClass(const document::Id& id) {
    if (id == m_tracedClass) return;
    m_tracedClass = id;
    emit tracedClassChanged();
}

} // namespace plimsoll::gui
