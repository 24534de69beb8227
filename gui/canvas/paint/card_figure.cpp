#include "gui/canvas/paint/card_figure.h"

#include "gui/canvas/paint/overlay_scale.h"
#include "models/components/component_type.h"
#include "models/text/figure_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace plimsoll::gui {
namespace {

constexpr double kRankedBelow = 10; // a component that saturates later than at x10 is no worry

QString say(const char* text) {
    return QCoreApplication::translate("Card", text);
}

QString shown(const text::Figure& figure) {
    return QString::fromStdString(figure.joined());
}

void addClassFigures(CardFigure& card, const document::Project& project, const document::Component& component,
                     const assess::Assessment& assessment) {
    double offered = 0;
    std::optional<Seconds> worst;
    bool any = false, unsteady = false;
    for (const auto& requestClass : project.classes) {
        if (requestClass.from != component.id) continue;
        const auto* figures = assessment.requestClass(requestClass.id);
        if (!figures) continue;
        any = true;
        offered += figures->offered.value;
        if (!figures->latency) {
            unsteady = unsteady || figures->offered.value > 0;
            continue;
        }
        const Seconds p99 = figures->latency->quantile[3];
        if (!worst || *worst < p99) worst = p99;
    }
    if (!any) return;
    card.key = shown(text::rate(perSecond(offered)));
    if (unsteady) {
        card.second = say("no steady state");
        card.secondTone = CardFigure::Tone::Error;
    } else if (worst) {
        card.second = QStringLiteral("p99 %1").arg(shown(text::duration(worst)));
    }
}

CardFigure::Note noteOf(const assess::ComponentFigures& figures, const assess::Assessment& assessment) {
    if (figures.becauseOf) {
        const auto* cause = assessment.component(*figures.becauseOf);
        const QString name = QString::fromStdString(cause ? cause->name : *figures.becauseOf);
        const auto busiest =
            std::max_element(figures.resources.begin(), figures.resources.end(), [](const auto& a, const auto& b) {
                return a.result.utilisation.value < b.result.utilisation.value;
            });
        const bool pool = busiest != figures.resources.end() && busiest->isPool;
        return {CardFigure::Tone::Warning, (pool ? say("Pool full because of %1") : say("Held up by %1")).arg(name)};
    }
    if (figures.backlogGrowth.value > 0)
        return {CardFigure::Tone::Error, say("Backlog grows %1").arg(shown(text::rate(figures.backlogGrowth)))};
    if (figures.offeredUtilisation && *figures.offeredUtilisation > 1 && figures.errorsPerVisit > 0)
        return {CardFigure::Tone::Error, say("Refuses %1").arg(shown(text::share(figures.errorsPerVisit)))};
    return {};
}

QString keyFor(const assess::ComponentFigures& figures, const assess::Assessment& assessment, Overlay overlay) {
    switch (overlay) {
    case Overlay::Latency: return shown(text::share(assess::timeShare(figures, assessment)));
    case Overlay::Errors: return shown(text::share(figures.errorsPerVisit));
    case Overlay::Cost: return shown(text::share(std::nullopt));
    case Overlay::Utilisation:
    case Overlay::Off: break;
    }
    return shown(text::utilisation(figures.offeredUtilisation ? figures.offeredUtilisation : figures.utilisation));
}

void addComponentFigures(CardFigure& card, const assess::ComponentFigures& figures,
                         const assess::Assessment& assessment, Overlay overlay) {
    card.key = keyFor(figures, assessment, overlay);
    card.bar = figures.offeredUtilisation ? figures.offeredUtilisation : figures.utilisation;
    const bool overloaded = card.bar && *card.bar > 1;
    if (overloaded && (overlay == Overlay::Utilisation || overlay == Overlay::Off)) card.keySuffix = say("offered");
    // Without a steady state the note below says so; there is no figure to put here.
    if (figures.residenceP99) card.second = QStringLiteral("p99 %1").arg(shown(text::duration(figures.residenceP99)));
    card.offered = say("offered %1").arg(shown(text::rate(figures.offered)));
    card.carried = say("carried %1").arg(shown(text::rate(figures.carried)));
    card.step = overlayStep(figures, assessment, overlay);
    const bool early = figures.saturationLoadFactor && *figures.saturationLoadFactor < kRankedBelow;
    card.rank = early ? figures.saturationRank : 0;
    card.note = noteOf(figures, assessment);
}

CardFigure::Badge badgeOf(const document::Id& component, const std::vector<assess::Problem>& problems) {
    CardFigure::Badge badge;
    for (const auto& problem : problems) {
        if (problem.component != component) continue;
        // Errors come before warnings and hints in the enumeration.
        badge.severity = badge.count ? std::min(badge.severity, problem.severity) : problem.severity;
        ++badge.count;
    }
    return badge;
}

} // namespace

CardFigure cardFigure(const document::Component& component) {
    CardFigure card;
    card.typeId = QString::fromStdString(component.type);
    card.name = QString::fromStdString(component.name.empty() ? component.id : component.name);
    card.key = shown(text::share(std::nullopt));
    if (const auto* type = components::findType(component.type)) {
        if (type->subtitle) card.subtitle = QString::fromStdString(type->subtitle(component));
        card.assumed = components::countInputs(component).defaults;
        card.hasBar = !type->capabilities.startsClasses;
    }
    return card;
}

CardFigure cardFigure(const document::Project& project, const document::Component& component,
                      const assess::Assessment* assessment, const std::vector<assess::Problem>& problems,
                      Overlay overlay) {
    CardFigure card = cardFigure(component);
    card.badge = badgeOf(component.id, problems);
    if (!assessment || !assessment->solved) return card;
    if (!card.hasBar)
        addClassFigures(card, project, component, *assessment);
    else if (const auto* figures = assessment->component(component.id))
        addComponentFigures(card, *figures, *assessment, overlay);
    return card;
}

QString areaSummary(const document::Scenario& scenario, const document::Id& area,
                    const assess::Assessment* assessment) {
    if (!assessment || !assessment->solved) return {};
    std::optional<double> busiest;
    for (const auto& component : scenario.components) {
        if (component->area != area) continue;
        const auto* figures = assessment->component(component->id);
        if (figures && figures->utilisation) busiest = std::max(busiest.value_or(0), *figures->utilisation);
    }
    return busiest ? say("busiest %1").arg(shown(text::utilisation(busiest))) : QString();
}

} // namespace plimsoll::gui
