#include "gui/canvas/canvas_print.h"
#include "gui/report/chapters.h"
#include "gui/report/figure_cells.h"
#include "gui/report/page_metrics.h"
#include "gui/report/text_blocks.h"
#include "gui/theme/theme.h"
#include "models/components/component_type.h"

#include <algorithm>

namespace plimsoll::gui::report {
namespace {

constexpr double kCardName = 13;     // of a card's name, scene units
constexpr double kSmallestName = 5;  // points: below that the cover's drawing cannot be read
constexpr double kHeadings = mm(24); // title and caption above the drawing

double nameSize(const QRectF& scene, double width, double height) {
    return kCardName * std::min(width / scene.width(), height / scene.height()) / kUnitsPerPoint;
}

QString title(const document::Scenario& scenario) {
    const auto isCard = [](const auto& component) {
        const auto* type = components::findType(component->type);
        return !type || !type->capabilities.contains;
    };
    const auto cards = std::ranges::count_if(scenario.components, isCard);
    return scenario.links.size() == 1
               ? QObject::tr("%1 components, one call between them").arg(cards)
               : QObject::tr("%1 components, %2 calls between them").arg(cards).arg(scenario.links.size());
}

/// Upright or turned by a quarter, as it gets larger.
Block drawingBlock(const Source& source, const QRectF& scene, double height) {
    const bool turned = nameSize(scene, height, kContentWidth) > nameSize(scene, kContentWidth, height);
    Block block;
    block.height = height;
    block.spaceBefore = mm(2);
    block.paint = [&source, turned](QPainter& painter, const QRectF& place) {
        painter.fillRect(place, lightTheme().canvas);
        QRectF target = place;
        if (turned) {
            painter.translate(place.bottomLeft());
            painter.rotate(-90);
            target = QRectF(0, 0, place.height(), place.width());
        }
        paintCanvas(painter, source.project, source.assessment.scenario, &source.assessment, lightTheme(),
                    target.adjusted(mm(2), mm(2), -mm(2), -mm(2)));
    };
    return block;
}

} // namespace

std::optional<Chapter> drawingChapter(const Source& source) {
    const QRectF scene = sceneBounds(source.project, source.assessment.scenario, &source.assessment);
    if (scene.isEmpty() || nameSize(scene, kContentWidth, kHighestCanvas) >= kSmallestName) return {};
    const auto* scenario = document::findScenario(source.project, source.assessment.scenario);
    Chapter chapter{QObject::tr("Drawing"), title(*scenario), {}};
    Block caption =
        textBlocks(QObject::tr("%1 at %2. Large figure: how busy the busiest resource is; colours as on "
                               "the cover.")
                       .arg(figure(scenario->name), figure(text::factor(source.assessment.loadFactor).joined())),
                   face(kFigureText), kInk, mm(1))
            .front();
    caption.keepWithNext = true;
    const double height = kContentBottom - kContentTop - kHeadings - caption.height;
    chapter.blocks.push_back(std::move(caption));
    chapter.blocks.push_back(drawingBlock(source, scene, height));
    return chapter;
}

} // namespace plimsoll::gui::report
