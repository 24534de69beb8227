// The page grid of the report (mock/report.md): A4, margins 18 mm, text sizes. One painter unit is 1/20 point, so that
// font sizes of half points are whole pixels and nothing is rounded.
#pragma once
#include "gui/theme/fonts.h"

#include <QRectF>

namespace plimsoll::gui::report {

inline constexpr int kUnitsPerPoint = 20;
inline constexpr int kResolution = 72 * kUnitsPerPoint; // of the PDF writer, dots an inch

constexpr double pt(double points) {
    return points * kUnitsPerPoint;
}
constexpr double mm(double millimetres) {
    return millimetres * kResolution / 25.4;
}

inline constexpr double kPageWidth = mm(210), kPageHeight = mm(297), kMargin = mm(18);
inline constexpr double kContentWidth = kPageWidth - 2 * kMargin;
inline constexpr double kHalfWidth = (kContentWidth - mm(6)) / 2; // of two columns beside each other
inline constexpr double kTop = mm(16), kFooter = kPageHeight - mm(14);
inline constexpr double kContentTop = kTop + mm(8), kContentBottom = kFooter - mm(7);

inline constexpr double kHighestCanvas = mm(105); // on the cover

/// Text sizes in points.
inline constexpr double kTitle = 20, kSection = 14, kBlock = 11, kText = 10, kFigureText = 9, kTable = 8.5, kFoot = 8,
                        kLetter = 7;

/// The height of a line of table text.
inline constexpr double kTableLine = kTable * kUnitsPerPoint * 1.4;

/// Without ligatures, so that a search for "first" finds what would be printed with one sign for "fi": Qt leaves them
/// out where letters are spaced, here by its smallest step, a 64th of a unit.
inline QFont face(double points, QFont::Weight weight = QFont::Normal) {
    QFont font = uiFont(pt(points), weight);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 1.0 / 64);
    return font;
}

} // namespace plimsoll::gui::report
