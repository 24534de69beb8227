#include "gui/canvas/overlays/minimap.h"

#include "gui/canvas/items/card_item.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace plimsoll::gui {
namespace {
constexpr int kWidth = 180, kHeight = 120;
constexpr double kPad = 10;
constexpr std::size_t kManyCards = 30;
} // namespace

Minimap::Minimap(const CanvasScene& scene, Camera& camera, QWidget* parent)
    : FloatingBox(parent), m_scene(scene), m_camera(camera) {
    setObjectName(QStringLiteral("minimap"));
    setAccessibleName(tr("Overview map"));
    setFixedSize(kWidth + 2 * kShadow, kHeight + 2 * kShadow - 2);
}

bool Minimap::wanted() const {
    const auto& rects = m_scene.rects();
    if (rects.empty()) return false;
    if (rects.size() >= kManyCards) return true;
    const QRectF seen = m_camera.seen();
    return std::any_of(rects.begin(), rects.end(), [&](const auto& each) { return !seen.contains(each.second); });
}

QTransform Minimap::toMap() const {
    const QRectF content = m_scene.contentRect(), room = box().adjusted(kPad, kPad, -kPad, -kPad);
    if (content.isEmpty()) return {};
    const double scale = std::min(room.width() / content.width(), room.height() / content.height());
    QTransform transform;
    transform.translate(room.center().x(), room.center().y());
    transform.scale(scale, scale);
    transform.translate(-content.center().x(), -content.center().y());
    return transform;
}

void Minimap::paintEvent(QPaintEvent* event) {
    FloatingBox::paintEvent(event);
    QPainter painter(this);
    const QTransform map = toMap();
    for (const auto& [id, rect] : m_scene.rects()) {
        const QRectF small = map.mapRect(rect);
        const auto* card = m_scene.card(id);
        if (!card) {
            painter.setPen(theme().hairline);
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(small);
            continue;
        }
        const auto step = card->figure().step;
        painter.fillRect(small, step ? theme().step[static_cast<std::size_t>(*step)] : theme().line);
    }
    painter.setPen(QPen(theme().accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(map.mapRect(m_camera.seen()).intersected(box().adjusted(2, 2, -2, -2)));
}

void Minimap::centre(const QPointF& at) {
    m_camera.centreOn(toMap().inverted().map(at), false);
}

void Minimap::mousePressEvent(QMouseEvent* event) {
    FloatingBox::mousePressEvent(event);
    centre(event->position());
}

void Minimap::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) centre(event->position());
}

} // namespace plimsoll::gui
