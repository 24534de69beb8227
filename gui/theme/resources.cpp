#include "gui/theme/resources.h"

#include "gui/theme/fonts.h"

#include <QDir>

static void initialise() { // Q_INIT_RESOURCE has to stand outside any namespace
    Q_INIT_RESOURCE(icons);
    Q_INIT_RESOURCE(fonts);
}

namespace plimsoll::gui {

void loadResources() {
    initialise();
    loadFonts();
}

} // namespace plimsoll::gui
