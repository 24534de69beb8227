#include "gui/widgets/slider_scale.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::gui {
namespace {

using components::Dimension;

constexpr double kZeroShare = 0.02; // of the positions, where the scale is logarithmic and begins at zero
constexpr double kLogFrom = 100;    // maximum / minimum
constexpr int kDigits = 3;          // of a value that a slider sets

double roundedTo(double value, int digits) {
    if (value == 0) return 0;
    const double unit = std::pow(10.0, std::floor(std::log10(std::abs(value))) - (digits - 1));
    const double scaled = std::round(value / unit);
    return unit < 1 ? scaled / std::round(1 / unit) : scaled * std::round(unit); // 0.012, not 0.012000000000000002
}

/// Where a logarithmic scale begins if its range begins at zero: far enough below the default to be of use.
double lowestAbove(const components::Parameter& parameter) {
    if (parameter.integer) return 1;
    constexpr double kBelowDefault = 1e-3, kBelowMaximum = 1e-6;
    const double byMaximum = parameter.maximum * kBelowMaximum;
    const double usual = parameter.defaultNumber.value_or(0);
    return usual > 0 ? std::min(usual * kBelowDefault, std::max(byMaximum, usual * kBelowMaximum)) : byMaximum;
}

} // namespace

SliderScale::SliderScale(const components::Parameter& parameter)
    : m_minimum(parameter.minimum), m_maximum(parameter.maximum), m_integer(parameter.integer) {
    const bool mayBe = parameter.dimension != Dimension::Share && parameter.dimension != Dimension::Degrees;
    m_hasZero = m_minimum == 0;
    m_lowest = m_hasZero ? lowestAbove(parameter) : m_minimum;
    m_logarithmic = mayBe && m_minimum >= 0 && m_maximum >= kLogFrom * m_lowest;
    m_hasZero = m_hasZero && m_logarithmic;
    const double least = m_logarithmic ? m_lowest : std::max(m_lowest, (m_maximum - m_minimum) / kLogFrom);
    for (double decade = std::pow(10.0, std::floor(std::log10(least))); decade <= m_maximum; decade *= 10)
        for (const double step : {1.0, 2.0, 5.0})
            if (const double at = roundedTo(decade * step, 1); at >= m_minimum && at <= m_maximum)
                m_detents.push_back(at);
    for (const auto& end : {parameter.defaultNumber, std::optional(m_minimum), std::optional(m_maximum)})
        if (end) m_detents.push_back(*end);
    if (m_integer) std::erase_if(m_detents, [](double value) { return value != std::round(value); });
    std::ranges::sort(m_detents);
    m_detents.erase(std::unique(m_detents.begin(), m_detents.end()), m_detents.end());
}

double SliderScale::positionOf(double value) const {
    value = std::clamp(value, m_minimum, m_maximum);
    if (!m_logarithmic) return m_maximum > m_minimum ? kPositions * (value - m_minimum) / (m_maximum - m_minimum) : 0;
    const double first = m_hasZero ? kZeroShare * kPositions : 0;
    if (value < m_lowest) return 0;
    return first + (kPositions - first) * std::log(value / m_lowest) / std::log(m_maximum / m_lowest);
}

double SliderScale::valueAt(double position) const {
    position = std::clamp(position, 0.0, double(kPositions));
    if (!m_logarithmic) return rounded(m_minimum + (m_maximum - m_minimum) * position / kPositions);
    const double first = m_hasZero ? kZeroShare * kPositions : 0;
    if (position < first) return 0;
    return rounded(m_lowest * std::exp(std::log(m_maximum / m_lowest) * (position - first) / (kPositions - first)));
}

double SliderScale::rounded(double value) const {
    const double round = m_integer ? std::round(value) : roundedTo(value, kDigits);
    return std::clamp(round, m_minimum, m_maximum);
}

double SliderScale::snapped(double position, double reach) const {
    const auto distance = [&](double value) { return std::abs(positionOf(value) - position); };
    const auto nearest = std::ranges::min_element(m_detents, {}, distance);
    return nearest != m_detents.end() && distance(*nearest) <= reach ? *nearest : valueAt(position);
}

} // namespace plimsoll::gui
