// Where labels go so that they do not cover one another: plain functions.
#pragma once
#include <QRectF>

#include <vector>

namespace plimsoll::gui {

struct CurveLine;

/// Moves the wanted centres apart to at least `gap`, keeping their order and staying near.
std::vector<double> spreadApart(const std::vector<double>& wanted, double gap);

/// A curve where its name is to stand: y of the curve there.
struct NamedCurve {
    double y = 0, x = 0;
    const CurveLine* line = nullptr;
};
/// The names' centres: below their curve, or above where the next curve is too close below.
std::vector<double> nameCentres(const std::vector<NamedCurve>& curves, const QRectF& area, double height);

} // namespace plimsoll::gui
