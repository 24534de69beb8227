#include "gui/theme/fonts.h"

#include <QFontDatabase>

namespace plimsoll::gui {

void loadFonts() {
    for (const char* file :
         {":/fonts/OpenSans-Regular.ttf", ":/fonts/OpenSans-Semibold.ttf", ":/fonts/OpenSans-Bold.ttf"})
        QFontDatabase::addApplicationFont(QString::fromLatin1(file));
}

QFont uiFont(double pixels, QFont::Weight weight) {
    QFont font(QStringLiteral("Open Sans"));
    font.setPixelSize(qRound(pixels));
    font.setWeight(weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

} // namespace plimsoll::gui
