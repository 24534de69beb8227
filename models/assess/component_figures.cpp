#include "models/assess/component_figures.h"

#include "engine/distribution/distribution.h"
#include "models/assess/step_flows.h"
#include "models/components/component_type.h"

#include <algorithm>
#include <tuple>

namespace plimsoll::assess {

namespace {

using flow::ResourceResult;

/// Where `weight` is a rate: the mean of what it weighs.
struct Mix {
    double weight = 0, mean = 0, variance = 0, inclusive = 0;
    bool steady = true;
};

/// Mean and variance over all visits: those of the entries mixed in proportion to their visits.
Mix mixed(const std::vector<EntryFlow>& entries) {
    Mix mix;
    double second = 0;
    for (const EntryFlow& entry : entries) {
        mix.weight += entry.entered_per_s;
        mix.steady = mix.steady && entry.steady;
        mix.mean += entry.entered_per_s * entry.own_s;
        mix.inclusive += entry.entered_per_s * entry.inclusive_s;
        second += entry.entered_per_s * (entry.ownVariance_s2 + entry.own_s * entry.own_s);
    }
    if (!(mix.weight > 0)) return mix;
    mix.mean /= mix.weight;
    mix.inclusive /= mix.weight;
    mix.variance = std::max(0.0, second / mix.weight - mix.mean * mix.mean);
    return mix;
}

/// The 99th percentile of a gamma law with these two moments (DESIGN.md 3.3, step 7).
Seconds gammaP99(double mean, double variance) {
    constexpr double kLevel = 0.99;
    // Below this the law is a constant to all digits that are shown.
    constexpr double kSmallestScv = 1e-9;
    const double scv = mean > 0 ? variance / (mean * mean) : 0;
    if (scv < kSmallestScv) return Seconds{mean};
    return distribution::quantile(distribution::gamma(Seconds{mean}, scv), kLevel);
}

class Builder {
public:
    Builder(const document::Scenario& scenario, const lower::Lowered& lowered, const flow::Solution& solution,
            std::span<const flow::Down> down, Assessment& assessment)
        : m_scenario(scenario), m_lowered(lowered), m_solution(solution), m_down(down), m_flows(lowered, solution),
          m_assessment(assessment) {}

    void run();

private:
    ComponentFigures figures(const document::Component& component) const;
    void collectResources();
    void addVisits(const document::Component& component, const std::vector<EntryFlow>& entries,
                   ComponentFigures& figures) const;
    void addUtilisation(ComponentFigures& figures) const;
    void addTimes(const std::vector<EntryFlow>& entries, ComponentFigures& figures) const;
    double instancesOf(const Id& component) const;
    double carriedShare(const Id& component) const;
    void rank();
    void findBottleneck();
    void nameCauses();

    const document::Scenario& m_scenario;
    const lower::Lowered& m_lowered;
    const flow::Solution& m_solution;
    std::span<const flow::Down> m_down;
    StepFlows m_flows;
    std::map<Id, std::vector<ResourceFigures>> m_resources;
    std::map<Id, double> m_hitRatios;
    std::map<Id, std::pair<double, double>> m_incoming; // calls a second: entered, succeeded
    Assessment& m_assessment;
};

double Builder::instancesOf(const Id& component) const {
    const auto fleet = m_lowered.fleets.find(component);
    if (fleet == m_lowered.fleets.end()) return 1;
    double count = 0;
    for (const auto& member : m_lowered.model.fleets[static_cast<std::size_t>(fleet->second)].members)
        count += member.count;
    for (const flow::Down& down : m_down)
        if (down.fleet == fleet->second) count -= down.instances;
    return std::max(count, 0.0);
}

void Builder::collectResources() {
    const auto add = [&](const auto& names, const auto& results, bool isPool) {
        for (std::size_t i = 0; i < names.size() && i < results.size(); ++i)
            m_resources[names[i].component].push_back({names[i].name, results[i], isPool});
    };
    add(m_lowered.stations, m_solution.stations, false);
    add(m_lowered.pools, m_solution.pools, true);
    add(m_lowered.limiters, m_solution.limiters, false);
    for (std::size_t i = 0; i < m_lowered.caches.size() && i < m_solution.caches.size(); ++i)
        m_hitRatios[m_lowered.caches[i].component] = m_solution.caches[i].hitRatio.value;
}

/// The part of the visits that the component's own resources carry; 1 unless one of them is overloaded.
double Builder::carriedShare(const Id& component) const {
    const auto resources = m_resources.find(component);
    if (resources == m_resources.end()) return 1;
    double share = 1;
    for (const ResourceFigures& resource : resources->second)
        if (resource.result.offered.value > 0)
            share = std::min(share, resource.result.carried.value / resource.result.offered.value);
    return share;
}

void Builder::addVisits(const document::Component& component, const std::vector<EntryFlow>& entries,
                        ComponentFigures& figures) const {
    double offered = 0, succeeded = 0;
    for (const EntryFlow& entry : entries) {
        offered += entry.entered_per_s;
        succeeded += entry.succeeded_per_s;
    }
    if (const auto brought = m_incoming.find(component.id); entries.empty() && brought != m_incoming.end())
        std::tie(offered, succeeded) = brought->second; // entries that do nothing: what the links bring
    figures.offered = PerSecond{offered};
    figures.errorsPerVisit = offered > 0 ? std::clamp(1 - succeeded / offered, 0.0, 1.0) : 0;
    figures.carried = PerSecond{std::min(succeeded, offered * carriedShare(component.id))};
}

void Builder::addUtilisation(ComponentFigures& figures) const {
    for (const ResourceFigures& resource : figures.resources) {
        const ResourceResult& result = resource.result;
        figures.utilisation = std::max(figures.utilisation.value_or(0), result.utilisation.value);
        figures.offeredUtilisation = std::max(figures.offeredUtilisation.value_or(0), result.demand);
        figures.backlogGrowth.value += result.growth.value * instancesOf(figures.id);
        if (result.saturationFactor)
            figures.saturationLoadFactor =
                std::min(figures.saturationLoadFactor.value_or(*result.saturationFactor), *result.saturationFactor);
    }
}

void Builder::addTimes(const std::vector<EntryFlow>& entries, ComponentFigures& figures) const {
    const double instances = instancesOf(figures.id);
    double waiting = 0;
    bool grows = false;
    for (const ResourceFigures& resource : figures.resources) {
        waiting += resource.result.meanWaiting * instances;
        grows = grows || (!resource.result.wait && resource.result.demand >= 1);
    }
    const Mix mix = mixed(entries);
    if (!grows && !figures.resources.empty()) {
        figures.queueLength = waiting;
        if (mix.weight > 0) figures.waitMean = Seconds{waiting / mix.weight}; // Little
    }
    if (!(mix.weight > 0) || !mix.steady) return;
    figures.residenceMean = Seconds{mix.mean};
    figures.residenceP99 = gammaP99(mix.mean, mix.variance);
    figures.responseMean = Seconds{mix.inclusive};
}

ComponentFigures Builder::figures(const document::Component& component) const {
    ComponentFigures figures;
    figures.id = component.id;
    figures.name = component.name;
    figures.type = component.type;
    const auto count = components::countInputs(component);
    figures.defaultsUsed = count.defaults;
    figures.inputs = count.all;
    const auto entries = m_flows.entriesOf(component.id);
    if (const auto resources = m_resources.find(component.id); resources != m_resources.end())
        figures.resources = resources->second;
    if (const auto hits = m_hitRatios.find(component.id); hits != m_hitRatios.end()) figures.hitRatio = hits->second;
    addVisits(component, entries, figures);
    addUtilisation(figures);
    addTimes(entries, figures);
    return figures;
}

/// 1, 2, 3 to the components that saturate first.
void Builder::rank() {
    constexpr std::size_t kRanked = 3;
    std::vector<ComponentFigures*> order;
    for (ComponentFigures& component : m_assessment.components)
        if (component.saturationLoadFactor) order.push_back(&component);
    std::ranges::stable_sort(order, {}, [](const ComponentFigures* figures) { return *figures->saturationLoadFactor; });
    for (std::size_t i = 0; i < std::min(order.size(), kRanked); ++i)
        order[i]->saturationRank = static_cast<int>(i) + 1;
}

void Builder::findBottleneck() {
    for (const ComponentFigures& component : m_assessment.components)
        for (const ResourceFigures& resource : component.resources) {
            const double strength = resource.result.strength;
            const double most = m_assessment.bottleneck ? m_assessment.bottleneck->strength : 0;
            if (strength > most) m_assessment.bottleneck = Bottleneck{component.id, resource.name, strength};
        }
}

/// A pool that is nearly all in use although another resource is the bottleneck is full because of that one.
void Builder::nameCauses() {
    constexpr double kFull = 0.95; // of the tokens
    if (!m_assessment.bottleneck) return;
    for (ComponentFigures& component : m_assessment.components) {
        const auto full = std::ranges::any_of(component.resources, [&](const ResourceFigures& resource) {
            return resource.isPool && resource.result.utilisation.value >= kFull &&
                   resource.result.strength < m_assessment.bottleneck->strength;
        });
        if (full && component.id != m_assessment.bottleneck->component)
            component.becauseOf = m_assessment.bottleneck->component;
    }
}

void Builder::run() {
    collectResources();
    for (const auto& link : m_scenario.links) {
        LinkFigures figures = m_flows.link(link->from, link->to);
        auto& [entered, succeeded] = m_incoming[link->to];
        entered += figures.offered.value;
        succeeded += figures.carried.value;
        const double share = carriedShare(link->to);
        figures.carried = PerSecond{std::min(figures.carried.value, figures.offered.value * share)};
        m_assessment.links.push_back(std::move(figures));
    }
    for (const auto& component : m_scenario.components) m_assessment.components.push_back(figures(*component));
    rank();
    findBottleneck();
    nameCauses();
}

} // namespace

void addComponentFigures(const document::Scenario& scenario, const lower::Lowered& lowered,
                         const flow::Solution& solution, std::span<const flow::Down> down, Assessment& assessment) {
    Builder(scenario, lowered, solution, down, assessment).run();
}

} // namespace plimsoll::assess
