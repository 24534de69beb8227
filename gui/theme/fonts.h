// The one face of window and report: Open Sans, embedded, so that widths, line breaks and bytes do not depend on the
// machine.
#pragma once
#include <QFont>

namespace plimsoll::gui {

/// Makes the embedded face known. Once, after the application object exists.
void loadFonts();
/// Open Sans at `pixels`, tabular digits; weight 400, 600 or 700.
QFont uiFont(double pixels, QFont::Weight weight = QFont::Normal);

} // namespace plimsoll::gui
