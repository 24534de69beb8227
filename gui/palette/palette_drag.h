#pragma once
#include <QPixmap>
#include <QString>
#include <QWidget>

namespace plimsoll::gui {

/// Starts the drag of a component type and returns when it ended. Alone in its file: it runs an event loop of its own.
void startPaletteDrag(QWidget& source, const QString& typeId);
/// What hangs at the pointer until the canvas draws the real card.
QPixmap palettePicture(const QWidget& source, const QString& typeId);

} // namespace plimsoll::gui
