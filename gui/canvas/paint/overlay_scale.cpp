#include "gui/canvas/paint/overlay_scale.h"

#include "gui/theme/theme.h"

#include <QCoreApplication>

namespace plimsoll::gui {
namespace {

constexpr std::array kShareBounds{0.05, 0.15, 0.30, 0.50};
constexpr std::array kErrorBounds{0.0001, 0.001, 0.01, 0.05};

int stepAmong(const std::array<double, 4>& bounds, double value) {
    int step = 0;
    for (const double bound : bounds) step += value >= bound;
    return step;
}

QString say(const char* text) {
    return QCoreApplication::translate("Overlay", text);
}

} // namespace

std::optional<int> overlayStep(const assess::ComponentFigures& figures, const assess::Assessment& assessment,
                               Overlay overlay) {
    switch (overlay) {
    case Overlay::Utilisation: {
        const auto busy = figures.offeredUtilisation ? figures.offeredUtilisation : figures.utilisation;
        return busy ? std::optional(Theme::stepIndex(*busy)) : std::nullopt;
    }
    case Overlay::Latency:
        if (const auto share = assess::timeShare(figures, assessment)) return stepAmong(kShareBounds, *share);
        return {};
    case Overlay::Errors:
        if (figures.offered.value > 0) return stepAmong(kErrorBounds, figures.errorsPerVisit);
        return {};
    case Overlay::Cost: // an assessment holds no cost yet
    case Overlay::Off: return {};
    }
    return {};
}

QString overlayTitle(Overlay overlay) {
    switch (overlay) {
    case Overlay::Utilisation: return say("Utilisation, %, busiest resource");
    case Overlay::Latency: return say("Share of the time spent, %");
    case Overlay::Cost: return say("Cost is not computed yet");
    case Overlay::Errors: return say("Errors for each visit, %");
    case Overlay::Off: break;
    }
    return {};
}

std::array<QString, 5> overlayStepLabels(Overlay overlay) {
    const auto labels = [](const char* a, const char* b, const char* c, const char* d, const char* e) {
        return std::array{QString::fromUtf8(a), QString::fromUtf8(b), QString::fromUtf8(c), QString::fromUtf8(d),
                          QString::fromUtf8(e)};
    };
    switch (overlay) {
    case Overlay::Latency:
    case Overlay::Cost: return labels("< 5", "5–15", "15–30", "30–50", "> 50");
    case Overlay::Errors: return labels("< 0.01", "0.01–0.1", "0.1–1", "1–5", "> 5");
    case Overlay::Utilisation:
    case Overlay::Off: break;
    }
    return labels("< 30", "30–60", "60–80", "80–100", "> 100");
}

} // namespace plimsoll::gui
