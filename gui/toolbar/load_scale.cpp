#include "gui/toolbar/load_scale.h"

#include "models/assess/verdict.h"
#include "models/text/figure_text.h"
#include "models/text/quantity_text.h"

#include <QObject>

#include <algorithm>
#include <cmath>

namespace plimsoll::gui {

double loadShare(double factor) {
    factor = std::clamp(factor, kLeastLoadFactor, kMostLoadFactor);
    return std::log(factor / kLeastLoadFactor) / std::log(kMostLoadFactor / kLeastLoadFactor);
}

double loadAtShare(double share) {
    constexpr int kDigits = 3;
    const double factor = kLeastLoadFactor * std::pow(kMostLoadFactor / kLeastLoadFactor, std::clamp(share, 0.0, 1.0));
    const double perUnit = std::pow(10.0, kDigits - 1 - std::floor(std::log10(factor)));
    return std::clamp(std::round(factor * perUnit) / perUnit, kLeastLoadFactor, kMostLoadFactor);
}

double nextLoadStep(double factor, bool up) {
    std::vector<double> steps;
    for (const double decade : {0.1, 1.0, 10.0})
        for (const double step : {1.0, 2.0, 5.0}) steps.push_back(step * decade);
    steps.push_back(kMostLoadFactor);
    constexpr double kSame = 1e-9;
    if (up) {
        const auto next = std::ranges::find_if(steps, [&](double step) { return step > factor * (1 + kSame); });
        return next == steps.end() ? kMostLoadFactor : *next;
    }
    const auto next =
        std::find_if(steps.rbegin(), steps.rend(), [&](double step) { return step < factor * (1 - kSame); });
    return next == steps.rend() ? kLeastLoadFactor : *next;
}

std::expected<double, QString> parseLoadFactor(const QString& text) {
    QString typed = text.trimmed();
    while (typed.startsWith(QChar(0xd7)) || typed.startsWith('x', Qt::CaseInsensitive)) typed = typed.mid(1).trimmed();
    const bool percent = typed.endsWith('%');
    const auto value =
        text::parse(typed.toStdString(), percent ? components::Dimension::Share : components::Dimension::Ratio);
    if (!value) return std::unexpected(QString::fromStdString(value.error()));
    if (value->range || value->value < kLeastLoadFactor || value->value > kMostLoadFactor)
        return std::unexpected(QObject::tr("allowed: ×0.1 to ×100"));
    return value->value;
}

LoadMarks loadMarks(const document::Project& project, const assess::Assessment* assessment) {
    LoadMarks marks;
    if (!assessment || !assessment->solved) return marks;
    marks.safeLoad = assessment->safeLoadFactor;
    marks.saturation = assessment->saturationLoadFactor;
    for (const auto& verdict : assessment->targets) {
        if (!verdict.safeLoadFactor) continue;
        int series = -1;
        for (std::size_t i = 0; i < project.classes.size(); ++i)
            if (verdict.target.classId == project.classes[i].id) series = static_cast<int>(i);
        marks.targets.push_back(
            {*verdict.safeLoadFactor, series, QString::fromStdString(assess::targetName(project, verdict.target))});
    }
    return marks;
}

QString arrivalsText(const document::Project& project, double factor) {
    double rate = 0, users = 0;
    bool open = false;
    for (const auto& requestClass : project.classes) {
        if (const auto* load = std::get_if<document::OpenLoad>(&requestClass.load)) {
            rate += load->rate.value;
            open = true;
        } else
            users += std::get<document::ClosedLoad>(requestClass.load).users;
    }
    if (project.classes.empty()) return {};
    if (open) return QString::fromStdString(text::rate(PerSecond{rate * factor}).joined());
    return QObject::tr("%1 users").arg(QString::fromStdString(text::count(std::round(users * factor)).joined()));
}

} // namespace plimsoll::gui
