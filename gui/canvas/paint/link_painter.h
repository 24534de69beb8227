// Paints a link by plain values: width by rate, heads, dashes, the lost share, its label.
#pragma once
#include "gui/theme/theme.h"
#include "models/assess/assessment.h"
#include "models/document/project.h"

#include <QPainter>
#include <QPainterPath>
#include <QPointF>

#include <vector>

namespace plimsoll::gui {

struct LinkFigure {
    double width = 1.5;      // dpx, 1.5 to 6 by the logarithm of the rate
    bool idle = false;       // no request uses it: dotted
    bool async = false;      // dashed, open head
    bool parallel = false;   // runs beside others of the same stage: double head
    double lost = 0;         // share of the offered calls that is not carried
    QString label;           // "96.0/s, 12 % lost"
    std::optional<int> tint; // series colour while a request type is traced
    bool stepsBack = false;  // not on the traced type's path
    bool operator==(const LinkFigure&) const = default;
};

struct LinkLook {
    double zoom = 1;
    bool selected = false, hovered = false, label = false, stale = false, dimmed = false;
    bool target = false; // a card would be inserted here
};

/// 1.5 to 6 dpx, logarithmic from highest/1000 to highest.
double linkWidth(double rate_per_s, double highest_per_s);
/// The links of a scenario in its order; `traced` (may be empty) is the request type that is followed.
std::vector<LinkFigure> linkFigures(const document::Project& project, const document::Scenario& scenario,
                                    const assess::Assessment* assessment, const document::Id& traced);

void paintLink(QPainter& painter, const LinkFigure& link, const std::vector<QPointF>& route, const Theme& theme,
               const LinkLook& look);
void paintLinkLabel(QPainter& painter, const LinkFigure& link, const std::vector<QPointF>& route, const Theme& theme,
                    const LinkLook& look);
/// The route with bends of 6 dpx.
QPainterPath roundedPath(const std::vector<QPointF>& route, double radius);
/// What painting a link may touch beyond its route, on each side.
double linkPaintMargin(double zoom);

} // namespace plimsoll::gui
