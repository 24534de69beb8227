#include "models/validation/validate.h"

#include "engine/simulate/simulate.h"
#include "engine/solve/solve.h"
#include "models/exchange/templates.h"
#include "models/lower/lower.h"
#include "models/validation/sketch.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::validation {

namespace {

constexpr std::array<std::optional<std::size_t>, FigureCount> kLevelOf{std::nullopt, 0, 2, 3}; // in flow::kLevels

double figure(const flow::Latency& latency, std::size_t which) {
    return (kLevelOf[which] ? latency.quantile[*kLevelOf[which]] : latency.mean).count();
}

std::optional<flow::Interval> interval(const flow::Latency& latency, std::size_t which) {
    if (!kLevelOf[which]) return latency.meanInterval;
    return latency.quantileInterval ? std::optional((*latency.quantileInterval)[*kLevelOf[which]]) : std::nullopt;
}

/// One line for each kind ("not solved", before the colon) of a family, with the first reason met.
void note(Outcome& outcome, const std::string& family, std::string reason) {
    const auto kind = [](const std::string& words) { return words.substr(0, words.find(':')); };
    for (Missing& missing : outcome.missing)
        if (missing.family == family && kind(missing.reason) == kind(reason)) {
            ++missing.models;
            return;
        }
    outcome.missing.push_back({family, std::move(reason), 1});
}

std::size_t bandOf(double utilisation) {
    std::size_t band = 0;
    while (band + 1 < kBands.size() && utilisation >= kBands[band].high) ++band;
    return band;
}

double busiest(const flow::Solution& solution) {
    double most = 0;
    for (const flow::ResourceResult& station : solution.stations) most = std::max(most, station.utilisation.value);
    return most;
}

void compare(const std::string& family, const flow::Model& model, std::optional<std::size_t> band,
             const Options& options, const std::stop_token& stop, Outcome& outcome) {
    const auto solved = flow::solve(model, {}, stop);
    if (!solved) return note(outcome, family, "not solved: " + solved.error().message);
    flow::SimulateOptions simulation;
    simulation.requests = options.requests;
    simulation.seed = options.seed;
    const auto simulated = flow::simulate(model, {}, simulation, stop);
    if (!simulated) return note(outcome, family, "not simulated: " + simulated.error().message);
    for (std::size_t c = 0; c < model.classes.size(); ++c) {
        const auto& left = solved->classes[c].latency;
        const auto& right = simulated->classes[c].latency;
        if (!left || !right) {
            note(outcome, family, "no steady state");
            continue;
        }
        Case one{family, band.value_or(bandOf(busiest(*solved))), {}, {}};
        for (std::size_t which = 0; which < FigureCount; ++which) {
            const double value = figure(*right, which);
            if (!(value > 0)) continue;
            one.deviation[which] = figure(*left, which) / value - 1;
            if (const auto open = interval(*right, which))
                one.uncertainty[which] = (open->high - open->low) / (2 * value);
        }
        outcome.cases.push_back(std::move(one));
    }
}

void compareFamily(const Family& family, std::uint64_t number, const Options& options, const std::stop_token& stop,
                   Outcome& outcome) {
    constexpr std::uint64_t kFamilyStride = 1'000'003; // one stream a family, whatever the others are
    Random random(options.seed * kFamilyStride + number);
    for (std::size_t band = 0; band < kBands.size(); ++band)
        for (std::uint32_t i = 0; i < options.models && !stop.stop_requested(); ++i) {
            const double utilisation = random.uniform(kBands[band].low, kBands[band].high);
            compare(std::string(family.id), family.draw(random, utilisation), band, options, stop, outcome);
        }
}

void compareTemplate(const std::string& id, const Options& options, const std::stop_token& stop, Outcome& outcome) {
    const std::string family = "template:" + id;
    const auto project = exchange::templateProject(id);
    if (!project) return note(outcome, family, project.error().message);
    for (const auto& scenario : project->scenarios) {
        const auto lowered = lower::lower(*project, scenario->id);
        if (!lowered) return note(outcome, family, lowered.error().message);
        compare(family, lowered->model, {}, options, stop, outcome);
    }
}

std::optional<double> medianOf(std::vector<double> values) {
    if (values.empty()) return {};
    std::ranges::sort(values);
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

Summary summary(const std::string& family, std::size_t band, const std::vector<const Case*>& cases) {
    Summary all{family, band, cases.size(), {}, {}, {}};
    for (std::size_t which = 0; which < FigureCount; ++which) {
        std::vector<double> deviations, uncertainties;
        for (const Case* one : cases) {
            if (one->deviation[which]) deviations.push_back(std::abs(*one->deviation[which]));
            if (one->uncertainty[which]) uncertainties.push_back(*one->uncertainty[which]);
        }
        if (!deviations.empty()) all.worst[which] = std::ranges::max(deviations);
        all.median[which] = medianOf(std::move(deviations));
        all.uncertainty[which] = medianOf(std::move(uncertainties));
    }
    return all;
}

} // namespace

std::expected<Outcome, std::string> validate(const Options& options, const std::stop_token& stop,
                                             const std::function<void(double)>& progress) {
    Outcome outcome;
    const auto all = families();
    const auto templates = options.family.empty() ? exchange::templates() : std::span<const exchange::Template>();
    const double parts = static_cast<double>(all.size() + templates.size());
    bool found = false;
    double done = 0;
    const auto advance = [&] {
        if (progress) progress(++done / parts);
    };
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool wanted = options.family.empty() || options.family == all[i].id;
        if (wanted) compareFamily(all[i], i, options, stop, outcome);
        found = found || wanted;
        advance();
    }
    for (const auto& one : templates) {
        compareTemplate(one.id, options, stop, outcome);
        advance();
    }
    if (!found) return std::unexpected("there is no family \"" + options.family + "\"");
    if (stop.stop_requested()) return std::unexpected(std::string("stopped"));
    return outcome;
}

std::vector<Summary> summaries(const Outcome& outcome) {
    std::vector<Summary> all;
    std::vector<std::string> order;
    for (const Case& one : outcome.cases)
        if (std::ranges::find(order, one.family) == order.end()) order.push_back(one.family);
    for (const std::string& family : order)
        for (std::size_t band = 0; band < kBands.size(); ++band) {
            std::vector<const Case*> cases;
            for (const Case& one : outcome.cases)
                if (one.family == family && one.band == band) cases.push_back(&one);
            if (!cases.empty()) all.push_back(summary(family, band, cases));
        }
    return all;
}

} // namespace plimsoll::validation
