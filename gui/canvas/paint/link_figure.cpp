#include "gui/canvas/paint/link_painter.h"
#include "models/text/figure_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <map>

namespace plimsoll::gui {
namespace {

constexpr double kNarrowest = 1.5, kWidest = 6, kDecades = 3; // from the highest rate down to a thousandth of it
constexpr double kLeastLoss = 1e-4;                           // a smaller share is not drawn

QString labelOf(double carried, double lost) {
    QString rate = QString::fromStdString(text::rate(perSecond(carried)).joined());
    if (lost < kLeastLoss) return rate;
    return QCoreApplication::translate("Link", "%1, %2 lost")
        .arg(rate, QString::fromStdString(text::share(lost).joined()));
}

/// The stage in force of each link: its own, or its place among the links of its source.
std::vector<int> stagesOf(const document::Scenario& scenario) {
    std::map<document::Id, int> next;
    std::vector<int> stages;
    for (const auto& link : scenario.links) {
        const int place = next[link->from]++;
        stages.push_back(link->stage.value_or(place));
    }
    return stages;
}

} // namespace

double linkWidth(double rate_per_s, double highest_per_s) {
    if (!(rate_per_s > 0) || !(highest_per_s > 0)) return kNarrowest;
    const double share = 1 + std::log10(rate_per_s / highest_per_s) / kDecades;
    return kNarrowest + (kWidest - kNarrowest) * std::clamp(share, 0.0, 1.0);
}

std::vector<LinkFigure> linkFigures(const document::Project& project, const document::Scenario& scenario,
                                    const assess::Assessment* assessment, const document::Id& traced) {
    const bool solved = assessment && assessment->solved;
    double highest = 0;
    if (solved)
        for (const auto& link : assessment->links) highest = std::max(highest, link.carried.value);
    const auto tracedClass = std::find_if(project.classes.begin(), project.classes.end(),
                                          [&](const auto& each) { return each.id == traced; });
    std::map<std::pair<document::Id, int>, int> together;
    const auto stages = stagesOf(scenario);
    for (std::size_t i = 0; i < stages.size(); ++i) ++together[{scenario.links[i]->from, stages[i]}];

    std::vector<LinkFigure> figures;
    for (std::size_t i = 0; i < stages.size(); ++i) {
        const document::Link& link = *scenario.links[i];
        LinkFigure figure;
        figure.async = link.mode == document::Mode::Async;
        figure.parallel = together[{link.from, stages[i]}] > 1;
        const auto* known = solved ? assessment->link(link.from, link.to) : nullptr;
        if (known) {
            double carried = known->carried.value;
            if (tracedClass != project.classes.end()) {
                const auto ofClass = known->carriedByClass.find(traced);
                carried = ofClass == known->carriedByClass.end() ? 0 : ofClass->second.value;
                figure.stepsBack = !(carried > 0);
                if (carried > 0) figure.tint = static_cast<int>(tracedClass - project.classes.begin());
            } else if (known->offered.value > 0) {
                figure.lost = std::max(0.0, 1 - carried / known->offered.value);
            }
            figure.idle = !(known->offered.value > 0);
            figure.width = linkWidth(carried, highest);
            figure.label = labelOf(carried, figure.lost);
        }
        if (figure.lost < kLeastLoss) figure.lost = 0;
        figures.push_back(std::move(figure));
    }
    return figures;
}

} // namespace plimsoll::gui
