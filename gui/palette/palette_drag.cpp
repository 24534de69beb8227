#include "gui/palette/palette_drag.h"

#include "gui/palette/palette_mime.h"
#include "gui/theme/icons.h"
#include "gui/theme/theme.h"

#include <QDrag>
#include <QMimeData>
#include <QPainter>

namespace plimsoll::gui {
namespace {
constexpr int kSize = 36, kIcon = 22;
} // namespace

QPixmap palettePicture(const QWidget& source, const QString& typeId) {
    const Theme& theme = themeFor(source.palette());
    const double ratio = source.devicePixelRatioF();
    QPixmap picture((QSizeF(kSize, kSize) * ratio).toSize());
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.accent);
    painter.setBrush(theme.card);
    painter.drawRoundedRect(QRectF(0.5, 0.5, kSize - 1, kSize - 1), 6, 6);
    const double margin = (kSize - kIcon) / 2.0;
    drawComponentIcon(painter, typeId, QRectF(margin, margin, kIcon, kIcon), theme.text);
    return picture;
}

void startPaletteDrag(QWidget& source, const QString& typeId) {
    auto* drag = new QDrag(&source);
    auto* data = new QMimeData;
    data->setData(kComponentTypeMime, typeId.toUtf8());
    drag->setMimeData(data);
    drag->setPixmap(palettePicture(source, typeId));
    drag->setHotSpot({kSize / 2, kSize / 2});
    drag->exec(Qt::CopyAction);
}

} // namespace plimsoll::gui
