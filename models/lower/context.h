// The contract between components and the engine: what a component type may ask for while it is lowered.
#pragma once
#include "models/lower/lower.h"

#include <memory>
#include <string_view>

namespace plimsoll::lower {

struct Draft;

/// A time with this mean and squared coefficient of variation (0: constant, 1: exponential).
flow::Distribution timeOf(double mean_s, double scv);

/// Who looks a cache up: its callers (cache-aside: their links may depend on its misses) or the cache itself.
enum class LookedUpBy { Caller, Itself };

/// What a caller pays before each call that it makes, beside the distance between areas.
struct Approach {
    Seconds roundTrip{0};       // of the network, constant
    Probability newConnection;  // share of the calls that open a connection first
    double setupRoundTrips = 0; // what opening one takes
};

/// Names of resources are a component's own ("cpu"). A step of `nothing()` is dropped from what contains it, so types
/// need not ask whether an optional part is there.
class Context {
public:
    explicit Context(Draft& draft) : m_draft(draft) {}

    // ---- declare(): once a component, before its first entry
    /// The instances of the component; its resources exist once in each of them. Comes first.
    void addFleet(const document::Component& component, const flow::Member& member,
                  std::optional<flow::Failures> failures = {});
    /// Fleet and origin are filled in.
    void addStation(const document::Component& component, std::string_view name, flow::Station station);
    void addPool(const document::Component& component, std::string_view name, flow::Pool pool);
    void addCache(const document::Component& component, flow::Cache cache, LookedUpBy who);
    /// How a component that balances spreads its calls; fleet, origin and backends are filled in by downstream().
    void setBalancing(const document::Component& component, flow::Balancer prototype);
    flow::KeySpaceId addKeySpace(const document::Component& component, flow::KeySpace space);

    // ---- enter(): steps
    /// Does nothing and takes no time.
    flow::StepId nothing();
    /// Service at a station of the component; nothing() where the mean is 0.
    flow::StepId serve(const document::Component& component, std::string_view station, double mean_s, double scv);
    /// A constant time that uses no resource; nothing() where it is 0.
    flow::StepId delay(const document::Component& component, double duration_s);
    /// `body` while holding a token of the component's pool; `body` itself where it has no pool of that name.
    flow::StepId hold(const document::Component& component, std::string_view pool, flow::StepId body);
    /// A look-up in the component's own cache.
    flow::StepId lookup(const document::Component& component, flow::StepId onHit, flow::StepId onMiss);
    flow::StepId invalidate(const document::Component& component);
    /// `step` with probability `share`, otherwise nothing; `step` itself where the share is 1.
    flow::StepId sometimes(const document::Component& component, double share, flow::StepId step);
    flow::StepId sequence(const document::Component& component, const std::vector<flow::StepId>& steps);

    /// Everything that the component's links say it calls for one request of the class, by stages. Arriving with
    /// Operation::Write, every call is a write; with Operation::Read, the links' write shares say which are.
    flow::StepId downstream(const document::Component& component, const document::RequestClass& requestClass,
                            Operation operation, const Approach& approach = {});
    /// What enter() returns: the entry that runs `root` in the component's fleet.
    flow::EntryId addEntry(const document::Component& component, const document::RequestClass& requestClass,
                           Operation operation, flow::StepId root);

private:
    Draft& m_draft;
};

} // namespace plimsoll::lower
