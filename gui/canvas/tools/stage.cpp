#include "gui/canvas/tools/stage.h"

#include <QCoreApplication>

namespace plimsoll::gui {

QString countedComponents(std::size_t count) {
    return count == 1 ? QCoreApplication::translate("Canvas", "component")
                      : QCoreApplication::translate("Canvas", "%1 components").arg(count);
}

} // namespace plimsoll::gui
