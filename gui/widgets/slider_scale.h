// Positions of a slider over a declared range, apart from drawing.
#pragma once
#include "models/components/component_type.h"

#include <vector>

namespace plimsoll::gui {

/// 400 positions; logarithmic where the range spans two decades or more, zero in its own first 2 %; whole numbers
/// round; detents at 1-2-5 and at the default (ux.md section 8).
class SliderScale {
public:
    static constexpr int kPositions = 400;
    explicit SliderScale(const components::Parameter& parameter);

    bool isLogarithmic() const { return m_logarithmic; }
    /// 0 to kPositions; values outside the range sit at its end.
    double positionOf(double value) const;
    /// A value of few digits that belongs to the position.
    double valueAt(double position) const;
    /// The value at `position`, or the detent within `reach` positions of it.
    double snapped(double position, double reach) const;
    /// Ascending.
    const std::vector<double>& detents() const { return m_detents; }

private:
    double rounded(double value) const;

    double m_minimum = 0, m_maximum = 1;
    double m_lowest = 0; // the least value above the zero's own share, on a logarithmic scale
    bool m_logarithmic = false, m_hasZero = false, m_integer = false;
    std::vector<double> m_detents;
};

} // namespace plimsoll::gui
