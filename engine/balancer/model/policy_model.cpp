#include "engine/balancer/model/policy_model.h"

#include "engine/balancer/model/policy_case.h"

namespace plimsoll::balancer {

void policyFigures(const PolicyLoad& load, Detail detail, PolicyFigures& figures) {
    figures.groups.assign(load.groups.size(), {});
    figures.steady = true;
    figures.capacity = {};
    figures.waitMean = Seconds{0};
    figures.method = {"unused", flow::Exactness::Exact};
    const PolicyCase asked(load, detail);
    if (asked.candidates.empty()) return;
    switch (load.policy) {
    case flow::Policy::Random:
    case flow::Policy::RoundRobin:
    case flow::Policy::WeightedRoundRobin:
    case flow::Policy::KeyHash:
    case flow::Policy::KeyRange: splitFigures(asked, figures); break;
    case flow::Policy::LeastConnections:
    case flow::Policy::WeightedLeastConnections:
    case flow::Policy::LeastResponseTime:
    case flow::Policy::ResourceBased:
    case flow::Policy::PowerOfTwo: countingFigures(asked, figures); break;
    }
    if (!figures.steady) return;
    for (const GroupFigures& group : figures.groups) figures.waitMean += group.share * group.waitMean;
}

PolicyFigures policyFigures(const PolicyLoad& load, Detail detail) {
    PolicyFigures figures;
    policyFigures(load, detail, figures);
    return figures;
}

} // namespace plimsoll::balancer
