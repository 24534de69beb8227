// What flows through the steps of a solution, by class, component and link. Internal to models/assess.
#pragma once
#include "models/assess/assessment.h"
#include "models/lower/lower.h"

namespace plimsoll::assess {

/// One entry's share in a component's figures: visits of one class and operation.
struct EntryFlow {
    double entered_per_s = 0, succeeded_per_s = 0;
    bool steady = true;
    double own_s = 0, ownVariance_s2 = 0, inclusive_s = 0;
};

class StepFlows {
public:
    StepFlows(const lower::Lowered& lowered, const flow::Solution& solution);

    /// The entries of a component that are visited.
    std::vector<EntryFlow> entriesOf(const Id& component) const;
    /// Calls a second over the link from -> to: entered, and succeeded by class.
    LinkFigures link(const Id& from, const Id& to) const;

private:
    struct Flow {
        double entered_per_s = 0, succeeded_per_s = 0;
    };
    const flow::StepResult* find(std::size_t cls, flow::StepId step) const;
    Flow calls(std::size_t cls, flow::StepId step) const;

    const lower::Lowered& m_lowered;
    const flow::Solution& m_solution;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> m_byClassAndStep;
    std::map<std::pair<Id, Id>, std::size_t> m_links; // origin of each link
    std::map<Id, std::vector<std::size_t>> m_entries; // by component
    std::map<flow::StepId, int> m_rootUses;           // entries that share a root (one that does nothing)
};

} // namespace plimsoll::assess
