// Colours by role, light and dark (ux.md section 10, mock/README.md tokens). A value, worked out from the palette in
// force: no view keeps a global, and a change of the system's scheme arrives as a change of the palette.
#pragma once
#include <QColor>
#include <QPalette>

#include <array>

namespace plimsoll::gui {

struct Theme {
    bool dark = false;
    QColor canvas, card, plotGround, accent, text, muted, line, gridDots;
    QColor hairline, field, hoverRow, selected, quietBox; // quietBox: table heads, "not counted"
    QColor error, warning, good;
    QColor infoTint, warningTint, errorTint;
    QColor barTrack, shadow;
    std::array<QColor, 5> step; // overlay scale: < 30 %, 30-60, 60-80, 80-100, > 100 % (hatched)
    std::array<QColor, 5> textOnStep;
    std::array<QColor, 7> series;

    /// The colour of a utilisation (offered: it may exceed 1).
    const QColor& stepOf(double utilisation) const { return step[static_cast<std::size_t>(stepIndex(utilisation))]; }
    static int stepIndex(double utilisation);
};

/// The two themes of the program.
const Theme& lightTheme();
const Theme& darkTheme();
/// The theme that belongs to a palette: light unless it is paletteFor(darkTheme()).
const Theme& themeFor(const QPalette& palette);
/// The palette of a theme, for QApplication.
QPalette paletteFor(const Theme& theme);
/// The style sheet of the controls (fields, buttons, tabs, menus) in a theme's colours and the sizes of mock/README.md.
QString styleSheetFor(const Theme& theme);

} // namespace plimsoll::gui
