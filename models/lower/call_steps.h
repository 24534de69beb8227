// One call over a link, with what is around it: distance, time limit, retries, background.
#pragma once
#include "models/lower/draft.h"

namespace plimsoll::lower {

/// Where calls go: over one link, or spread over several by a component that balances. Their fields are alike.
struct Route {
    std::vector<const document::Link*> links;
    std::vector<PartIndex> targets; // by link
    flow::BalancerId balancer{};

    const document::Link& link() const { return *links.front(); }
};

/// Makes the steps of calls from one component for one class.
class CallSteps {
public:
    CallSteps(Draft& draft, PartIndex from, std::uint32_t requestClass, const Approach& approach)
        : m_draft(draft), m_from(from), m_class(requestClass), m_approach(approach) {}

    Route route(std::vector<const document::Link*> links);
    /// `count` >= 0 calls, one after another.
    flow::StepId calls(const Route& route, Operation operation, double count);
    /// `body`, which holds calls over the route, `count` >= 0 times: floor(count), one more with the fraction's
    /// probability.
    flow::StepId repeated(const Route& route, flow::StepId body, double count);
    flow::Origin originOf(const Route& route) { return m_draft.originOf(route.link()); }

private:
    flow::StepId synchronous(const Route& route, Operation operation, double count);
    flow::StepId inBackground(const Route& route, Operation operation, double count);
    flow::StepId approached(const Route& route, flow::StepId call);
    std::vector<flow::EntryId> entries(const Route& route, Operation operation);
    flow::EntryId share(const document::Link& link, PartIndex target, flow::EntryId entry);
    Seconds roundTripOf(const Route& route);
    bool isPlain(const Route& route);
    void note(const Route& route, flow::StepId step);

    Draft& m_draft;
    PartIndex m_from;
    std::uint32_t m_class;
    Approach m_approach;
};

} // namespace plimsoll::lower
