#include "gui/canvas/overlays/template_preview.h"

#include "gui/canvas/geometry.h"
#include "gui/canvas/route/link_router.h"
#include "gui/theme/icons.h"

#include <algorithm>

namespace plimsoll::gui {
namespace {

constexpr double kWidth = 52, kHeight = 28, kIcon = 16, kPad = 18;
constexpr double kMostColumn = 84, kMostRow = 38; // between neighbouring cards in the preview

/// Positions of the cards shrunk into the room, as if each were a small card.
std::map<document::Id, QPointF> placesIn(const QRectF& room, const document::Scenario& scenario) {
    QRectF centres;
    bool first = true;
    for (const auto& component : scenario.components) {
        if (isArea(*component)) continue;
        const QRectF point(rectOf(*component).center(), QSizeF(1e-3, 1e-3));
        centres = first ? point : centres.united(point);
        first = false;
    }
    const QRectF inner =
        room.adjusted(kPad + kWidth / 2, kPad / 2 + kHeight / 2, -kPad - kWidth / 2, -kPad / 2 - kHeight / 2);
    const double x = std::min(inner.width() / std::max(centres.width(), 1.0), kMostColumn / (kCardWidth + kGap));
    const double y = std::min(inner.height() / std::max(centres.height(), 1.0), kMostRow / (kCardHeight + kGrid));
    std::map<document::Id, QPointF> places;
    for (const auto& component : scenario.components) {
        if (isArea(*component)) continue;
        const QPointF apart = rectOf(*component).center() - centres.center();
        places[component->id] = inner.center() + QPointF(apart.x() * x, apart.y() * y);
    }
    return places;
}

void paintSmallCard(QPainter& painter, const QPointF& centre, const document::Component& component,
                    const assess::Assessment* assessment, const Theme& theme) {
    const QRectF card(centre - QPointF(kWidth / 2, kHeight / 2), QSizeF(kWidth, kHeight));
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(theme.card);
    painter.drawRoundedRect(card, 4, 4);
    drawComponentIcon(painter, QString::fromStdString(component.type),
                      QRectF(card.left() + 6, centre.y() - kIcon / 2, kIcon, kIcon), theme.text);
    const double left = card.left() + 6 + kIcon + 5, width = card.right() - 6 - left;
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.line);
    painter.drawRoundedRect(QRectF(left, centre.y() - 5, width, 3), 1.5, 1.5);
    painter.setBrush(theme.barTrack);
    painter.drawRoundedRect(QRectF(left, centre.y() + 3, width, 3), 1.5, 1.5);
    const auto* figures = assessment ? assessment->component(component.id) : nullptr;
    if (!figures || !figures->utilisation) return;
    painter.setBrush(theme.stepOf(*figures->utilisation));
    painter.drawRoundedRect(
        QRectF(left, centre.y() + 3, std::max(3.0, width * std::min(*figures->utilisation, 1.0)), 3), 1.5, 1.5);
}

} // namespace

void paintPreview(QPainter& painter, const QRectF& room, const document::Project& project,
                  const assess::Assessment* assessment, const Theme& theme) {
    const document::Scenario& scenario = *project.scenarios.front();
    const auto places = placesIn(room, scenario);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(Qt::NoBrush);
    for (const auto& link : scenario.links) {
        const auto from = places.find(link->from), to = places.find(link->to);
        if (from == places.end() || to == places.end()) continue;
        const auto route = straightRoute(from->second + QPointF(kWidth / 2, 0), to->second - QPointF(kWidth / 2, 0));
        painter.drawPolyline(QPolygonF(QList<QPointF>(route.begin(), route.end())));
    }
    painter.setRenderHint(QPainter::Antialiasing);
    for (const auto& component : scenario.components)
        if (const auto place = places.find(component->id); place != places.end())
            paintSmallCard(painter, place->second, *component, assessment, theme);
}

} // namespace plimsoll::gui
