#include "models/assess/step_flows.h"

#include <algorithm>

namespace plimsoll::assess {

StepFlows::StepFlows(const lower::Lowered& lowered, const flow::Solution& solution)
    : m_lowered(lowered), m_solution(solution) {
    for (std::size_t i = 0; i < solution.steps.size(); ++i) {
        const auto& step = solution.steps[i];
        m_byClassAndStep[{static_cast<std::uint32_t>(step.cls), static_cast<std::uint32_t>(step.step)}] = i;
    }
    for (std::size_t i = 0; i < lowered.origins.size(); ++i)
        if (!lowered.origins[i].to.empty()) m_links[{lowered.origins[i].component, lowered.origins[i].to}] = i;
    for (std::size_t i = 0; i < lowered.entries.size(); ++i) {
        if (lowered.entries[i].component.empty()) continue;
        m_entries[lowered.entries[i].component].push_back(i);
        ++m_rootUses[lowered.model.entries[i].root];
    }
}

const flow::StepResult* StepFlows::find(std::size_t cls, flow::StepId step) const {
    const auto found = m_byClassAndStep.find({static_cast<std::uint32_t>(cls), static_cast<std::uint32_t>(step)});
    return found == m_byClassAndStep.end() ? nullptr : &m_solution.steps[found->second];
}

/// Entered times the calls that one visit of the step makes.
StepFlows::Flow StepFlows::calls(std::size_t cls, flow::StepId step) const {
    const flow::StepResult* result = find(cls, step);
    if (!result) return {};
    const flow::Body& body = m_lowered.model.steps[static_cast<std::size_t>(step)].body;
    double count = 1;
    if (const auto* call = std::get_if<flow::Call>(&body)) count = call->count;
    if (const auto* spawn = std::get_if<flow::Spawn>(&body)) count = spawn->count;
    return {result->entered.value * count, result->succeeded.value * count};
}

LinkFigures StepFlows::link(const Id& from, const Id& to) const {
    LinkFigures figures{from, to, {}, {}, {}};
    const auto origin = m_links.find({from, to});
    if (origin == m_links.end()) return figures;
    for (std::size_t cls = 0; cls < m_lowered.classes.size(); ++cls) {
        Flow flow;
        for (const flow::StepId step : m_lowered.linkCalls[origin->second]) {
            const Flow part = calls(cls, step);
            flow.entered_per_s += part.entered_per_s;
            flow.succeeded_per_s += part.succeeded_per_s;
        }
        figures.offered.value += flow.entered_per_s;
        figures.carried.value += flow.succeeded_per_s;
        if (flow.entered_per_s > 0) figures.carriedByClass[m_lowered.classes[cls]] = PerSecond{flow.succeeded_per_s};
    }
    return figures;
}

std::vector<EntryFlow> StepFlows::entriesOf(const Id& component) const {
    std::vector<EntryFlow> flows;
    const auto entries = m_entries.find(component);
    if (entries == m_entries.end()) return flows;
    for (const std::size_t entry : entries->second) {
        const flow::StepId root = m_lowered.model.entries[entry].root;
        // A root that several entries share does nothing, and what enters it cannot be told apart.
        if (m_rootUses.at(root) > 1) continue;
        const auto cls = std::ranges::find(m_lowered.classes, m_lowered.entries[entry].requestClass);
        if (cls == m_lowered.classes.end()) continue;
        const auto* result = find(static_cast<std::size_t>(cls - m_lowered.classes.begin()), root);
        if (!result || !(result->entered.value > 0)) continue;
        flows.push_back({result->entered.value, result->succeeded.value, result->steady, result->own.count(),
                         result->ownVariance_s2, result->inclusive.count()});
    }
    return flows;
}

} // namespace plimsoll::assess
