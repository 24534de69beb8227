#include "models/assess/agreement.h"

#include <algorithm>

namespace plimsoll::assess {

namespace {

using Kind = AgreementLine::Kind;

constexpr std::size_t kShownLevels = 5; // p50 to p99.9
constexpr std::array<const char*, kShownLevels> kLevelNames{"p50", "p90", "p95", "p99", "p99.9"};

struct Writer {
    std::vector<AgreementLine>& lines;
    Id subject;
    std::string name;

    void add(const char* figure, Kind kind, std::optional<double> solved, std::optional<double> simulated,
             std::optional<flow::Interval> interval = {}) const {
        if (solved || simulated) lines.push_back({subject, name, figure, kind, solved, simulated, interval});
    }
};

std::optional<double> meanOf(const std::optional<flow::Latency>& latency) {
    return latency ? std::optional(latency->mean.count()) : std::nullopt;
}

void addClass(const Writer& writer, const ClassFigures* solved, const ClassFigures& simulated) {
    const auto* left = solved && solved->latency ? &*solved->latency : nullptr;
    const auto* right = simulated.latency ? &*simulated.latency : nullptr;
    writer.add("mean", Kind::Duration, solved ? meanOf(solved->latency) : std::nullopt, meanOf(simulated.latency),
               right ? right->meanInterval : std::nullopt);
    for (std::size_t i = 0; i < kShownLevels; ++i)
        writer.add(kLevelNames[i], Kind::Duration, left ? std::optional(left->quantile[i].count()) : std::nullopt,
                   right ? std::optional(right->quantile[i].count()) : std::nullopt,
                   right && right->quantileInterval ? std::optional((*right->quantileInterval)[i]) : std::nullopt);
    writer.add("throughput", Kind::Rate, solved ? std::optional(solved->succeeded.value) : std::nullopt,
               simulated.succeeded.value);
    writer.add("errors", Kind::Share, solved ? std::optional(solved->errorShare) : std::nullopt, simulated.errorShare);
}

const ResourceFigures* busiest(const ComponentFigures& figures) {
    const auto found = std::ranges::max_element(
        figures.resources, {}, [](const ResourceFigures& resource) { return resource.result.utilisation.value; });
    return found == figures.resources.end() ? nullptr : &*found;
}

const ResourceFigures* named(const ComponentFigures* figures, const std::string& name) {
    if (!figures) return nullptr;
    const auto found = std::ranges::find(figures->resources, name, &ResourceFigures::name);
    return found == figures->resources.end() ? nullptr : &*found;
}

void addComponent(const Writer& writer, const ComponentFigures* solved, const ComponentFigures& simulated) {
    const ResourceFigures* right = busiest(simulated);
    if (!right) return;
    const ResourceFigures* left = named(solved, right->name);
    writer.add("busy", Kind::Share, left ? std::optional(left->result.utilisation.value) : std::nullopt,
               right->result.utilisation.value);
    writer.add("wait", Kind::Duration, left ? meanOf(left->result.wait) : std::nullopt, meanOf(right->result.wait),
               right->result.wait ? right->result.wait->meanInterval : std::nullopt);
}

} // namespace

std::optional<bool> isInside(const AgreementLine& line) {
    if (!line.solved || !line.interval) return {};
    return *line.solved >= line.interval->low && *line.solved <= line.interval->high;
}

std::optional<double> deviation(const AgreementLine& line) {
    if (!line.solved || !line.simulated || !(*line.simulated > 0)) return {};
    return *line.solved / *line.simulated - 1;
}

std::string whyNotSolved(const Assessment& solved) {
    const auto error = std::ranges::find(solved.problems, Severity::Error, &Problem::severity);
    return solved.solved || error == solved.problems.end() ? std::string() : error->message;
}

std::vector<AgreementLine> agreement(const Assessment& solved, const Assessment& simulated) {
    std::vector<AgreementLine> lines;
    for (const ClassFigures& figures : simulated.classes)
        addClass({lines, figures.id, figures.name}, solved.requestClass(figures.id), figures);
    for (const ComponentFigures& figures : simulated.components)
        addComponent({lines, figures.id, figures.name}, solved.component(figures.id), figures);
    return lines;
}

} // namespace plimsoll::assess
