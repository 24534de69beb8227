// Icons are SVG in one colour (currentColor), drawn as vectors so that they stay sharp at any zoom and in the PDF.
#pragma once
#include <QColor>
#include <QIcon>
#include <QPainter>
#include <QString>

namespace plimsoll::gui {

/// Draws the icon of a component type ("sql_database") into `box`.
void drawComponentIcon(QPainter& painter, const QString& typeId, const QRectF& box, const QColor& colour);
/// Draws one of the window's own icons ("undo", "search", "warning" …: resources/icons/ui).
void drawUiIcon(QPainter& painter, const QString& name, const QRectF& box, const QColor& colour);
/// The same as QIcons for buttons and lists.
QIcon componentIcon(const QString& typeId, const QColor& colour);
QIcon uiIcon(const QString& name, const QColor& colour);

} // namespace plimsoll::gui
