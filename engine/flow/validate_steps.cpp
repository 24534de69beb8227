// Validation of steps: every kind's own fields, that ids name something, that the graph has no cycle, and that a step
// uses only resources that the instance it runs on can reach.
#include "engine/flow/check.h"

namespace plimsoll::flow {
namespace {

template <class... F> struct Overloaded : F... {
    using F::operator()...;
};
template <class... F> Overloaded(F...) -> Overloaded<F...>;

class StepChecks {
public:
    StepChecks(const Model& model, Check& check) : m_model(model), m_check(check) {}

    void operator()(const Sequence& sequence) const {
        for (std::size_t i = 0; i < sequence.steps.size() && !m_check.failed(); ++i) child(sequence.steps[i], "steps");
    }
    void operator()(const Repeat& repeat) const {
        child(repeat.body, "body");
        m_check.atLeast(repeat.count, 0, "count");
    }
    void operator()(const Serve& serve) const {
        m_check.id(serve.station, m_model.stations.size(), "station");
        m_check.distribution(serve.demand, "demand");
    }
    void operator()(const Delay& delay) const { m_check.distribution(delay.duration, "duration"); }
    void operator()(const Call& call) const {
        calls(call.via, call.entries);
        m_check.atLeast(call.count, 0, "count");
        if (!call.fanOut) return;
        const FanOut& fan = *call.fanOut;
        m_check.require(fan.copies == 0 || fan.need <= fan.copies, "fan_out.need", "need is larger than copies");
        if (fan.stagger) m_check.atLeast(fan.stagger->count(), 0, "fan_out.stagger_s");
        m_check.enumerator(fan.leftover, Leftover::Cancel, "fan_out.leftover");
    }
    void operator()(const Spawn& spawn) const {
        calls(spawn.via, spawn.entries);
        m_check.atLeast(spawn.count, 0, "count");
    }
    void operator()(const Parallel& parallel) const {
        m_check.require(!parallel.branches.empty(), "branches", "parallel needs at least one branch");
        for (std::size_t i = 0; i < parallel.branches.size() && !m_check.failed(); ++i)
            child(parallel.branches[i], "branches");
        m_check.require(parallel.need <= parallel.branches.size(), "need",
                        "need is larger than the number of branches");
        m_check.enumerator(parallel.leftover, Leftover::Cancel, "leftover");
    }
    void operator()(const Choice& choice) const {
        double sum = 0;
        for (std::size_t i = 0; i < choice.branches.size() && !m_check.failed(); ++i) {
            m_check.within(choice.branches[i].probability.value, 0, 1, "branches.probability");
            child(choice.branches[i].step, "branches.step");
            sum += choice.branches[i].probability.value;
        }
        if (!(std::abs(sum - 1) <= kWeightTolerance * std::max(1.0, double(choice.branches.size()))))
            m_check.fail("branches", fmt::format("the probabilities sum to {:.15g}, must sum to 1", sum));
    }
    void operator()(const Lookup& lookup) const {
        m_check.id(lookup.cache, m_model.caches.size(), "cache");
        child(lookup.onHit, "on_hit");
        child(lookup.onMiss, "on_miss");
    }
    void operator()(const Invalidate& invalidate) const {
        m_check.id(invalidate.cache, m_model.caches.size(), "cache");
        m_check.atLeast(invalidate.keys, 0, "keys");
    }
    void operator()(const Hold& hold) const {
        m_check.id(hold.pool, m_model.pools.size(), "pool");
        child(hold.body, "body");
    }
    void operator()(const Limit& limit) const { m_check.id(limit.limiter, m_model.limiters.size(), "limiter"); }
    void operator()(const Fail& fail) const {
        m_check.within(fail.probability.value, 0, 1, "probability");
        m_check.enumerator(fail.cause, Cause::StateLost, "cause");
    }
    void operator()(const Attempt& attempt) const {
        child(attempt.body, "body");
        m_check.require(attempt.maxAttempts >= 1, "max_attempts", "max_attempts is 0, must be at least 1");
        m_check.atLeast(attempt.backoff.count(), 0, "backoff_s");
        m_check.atLeast(attempt.backoffFactor, 0, "backoff_factor");
        m_check.atLeast(attempt.backoffCap.count(), 0, "backoff_cap_s");
        if (attempt.budget) m_check.atLeast(*attempt.budget, 0, "budget");
        for (Cause cause : attempt.on) m_check.enumerator(cause, Cause::StateLost, "on");
        if (attempt.fallback) child(*attempt.fallback, "fallback");
    }
    void operator()(const Timeout& timeout) const {
        m_check.atLeast(timeout.after.count(), 0, "after_s");
        child(timeout.body, "body");
        m_check.enumerator(timeout.leftover, Leftover::Cancel, "leftover");
        m_check.enumerator(timeout.cause, Cause::StateLost, "cause");
    }

private:
    void child(StepId step, std::string_view field) const { m_check.id(step, m_model.steps.size(), field); }
    void calls(BalancerId via, const std::vector<EntryId>& entries) const {
        m_check.id(via, m_model.balancers.size(), "via");
        if (m_check.failed()) return;
        const Balancer& balancer = m_model.balancers[std::size_t(via)];
        if (entries.size() != balancer.backends.size())
            m_check.fail("entries", fmt::format("{} entries for {} backends of balancers[{}]: there is one per backend",
                                                entries.size(), balancer.backends.size(), std::size_t(via)));
        for (std::size_t i = 0; i < entries.size() && !m_check.failed(); ++i) {
            m_check.id(entries[i], m_model.entries.size(), "entries");
            if (m_check.failed()) return;
            const FleetId entryFleet = m_model.entries[std::size_t(entries[i])].fleet;
            if (entryFleet != balancer.backends[i].fleet)
                m_check.fail("entries",
                             fmt::format("entries[{}] runs in fleet {}, but backend {} of balancers[{}] is fleet {}",
                                         std::size_t(entries[i]), std::size_t(entryFleet), i, std::size_t(via),
                                         std::size_t(balancer.backends[i].fleet)));
        }
    }

    const Model& m_model;
    Check& m_check;
};

/// Kahn's order over the step graph: what it does not reach lies on a cycle.
void checkAcyclic(const Model& model, Check& check) {
    std::vector<std::uint32_t> parents(model.steps.size(), 0);
    std::vector<StepId> children;
    for (const Step& step : model.steps) {
        children.clear();
        appendChildren(step.body, children);
        for (StepId child : children) ++parents[std::size_t(child)];
    }
    std::vector<std::size_t> ready;
    for (std::size_t i = 0; i < parents.size(); ++i)
        if (parents[i] == 0) ready.push_back(i);
    std::size_t ordered = 0;
    while (!ready.empty()) {
        const std::size_t step = ready.back();
        ready.pop_back();
        ++ordered;
        children.clear();
        appendChildren(model.steps[step].body, children);
        for (StepId child : children)
            if (--parents[std::size_t(child)] == 0) ready.push_back(std::size_t(child));
    }
    if (ordered == model.steps.size()) return;
    for (std::size_t i = 0; i < parents.size(); ++i)
        if (parents[i] != 0) {
            check.enter("steps", i);
            return check.fail("body", "the step contains itself: steps must form no cycle");
        }
}

} // namespace

void appendChildren(const Body& body, std::vector<StepId>& children) {
    std::visit(
        Overloaded{[&](const Sequence& s) { children.insert(children.end(), s.steps.begin(), s.steps.end()); },
                   [&](const Repeat& r) { children.push_back(r.body); },
                   [&](const Parallel& p) { children.insert(children.end(), p.branches.begin(), p.branches.end()); },
                   [&](const Choice& c) {
                       for (const Branch& branch : c.branches) children.push_back(branch.step);
                   },
                   [&](const Lookup& l) { children.insert(children.end(), {l.onHit, l.onMiss}); },
                   [&](const Hold& h) { children.push_back(h.body); },
                   [&](const Attempt& a) {
                       children.push_back(a.body);
                       if (a.fallback) children.push_back(*a.fallback);
                   },
                   [&](const Timeout& t) { children.push_back(t.body); }, [](const auto&) {}},
        body);
}

void checkSteps(const Model& model, Check& check) {
    for (std::size_t i = 0; i < model.steps.size() && !check.failed(); ++i) {
        check.enter("steps", i);
        std::visit(StepChecks(model, check), model.steps[i].body);
    }
    if (!check.failed()) checkAcyclic(model, check);
}

} // namespace plimsoll::flow
