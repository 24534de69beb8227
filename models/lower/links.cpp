// What a component calls: its links by class, share of writes, condition and stage.
#include "models/components/link_rules.h"
#include "models/lower/call_steps.h"

#include <fmt/format.h>

#include <algorithm>

namespace plimsoll::lower {
namespace {

using document::Link;
using flow::StepId;

/// A link that the class follows.
struct Followed {
    const Link* link = nullptr;
    int stage = 0;
    double calls = 0, writeShare = 0;
    double share = 1;                   // probability that the calls are made at all
    std::optional<flow::CacheId> cache; // whose keys its writes invalidate
    bool waits = false;                 // whether its reads wait for misses of another link's calls
    std::vector<std::size_t> afterMiss; // the followed links whose reads wait for misses of this one's
    bool isBuilt = false;               // whether its reads are

    double reads() const { return calls * (1 - writeShare); }
    double writes() const { return calls * writeShare; }
};

/// Steps with the stage in which they run.
using Staged = std::vector<std::pair<int, StepId>>;

class Downstream {
public:
    Downstream(Draft& draft, PartIndex from, std::uint32_t requestClass, Operation operation, const Approach& approach)
        : m_draft(draft), m_from(from), m_classId(draft.project.classes[requestClass].id), m_operation(operation),
          m_steps(draft, from, requestClass, approach) {}

    StepId build() {
        collect();
        if (m_draft.fault || m_followed.empty()) return m_draft.addNothing();
        if (m_draft.parts[m_from].type->capabilities.balances) return spread();
        resolveMisses();
        if (m_draft.fault) return m_draft.addNothing();
        return byStages(allParts());
    }

private:
    void collect();
    void resolveMisses();
    void resolveMiss(std::size_t index, const Id& cacheId);
    void refuse(const Link& link, std::string field, std::string message) {
        m_draft.refuse({components::nameOf([&](const Id& id) { return m_draft.find(id); }, link), std::move(field),
                        std::move(message)});
    }

    StepId spread();
    Staged allParts();
    StepId byStages(Staged parts);
    StepId wholePart(Followed& followed, const Route& route);
    StepId readPart(Followed& followed, const Route& route, int depth);
    StepId writePart(const Followed& followed, const Route& route, double count);
    StepId getThenLookup(const Followed& followed, const Route& route, int depth);

    Draft& m_draft;
    PartIndex m_from;
    const Id& m_classId;
    Operation m_operation;
    CallSteps m_steps;
    std::vector<Followed> m_followed;
    std::unordered_map<std::string_view, std::size_t> m_followedTo; // by target
};

void Downstream::collect() {
    const Part& from = m_draft.parts[m_from];
    for (std::size_t place = 0; place < from.links.size(); ++place) {
        const Link& link = *from.links[place];
        Followed followed;
        followed.link = &link;
        followed.stage = link.stage.value_or(static_cast<int>(place));
        followed.calls = link.calls.of(m_classId);
        followed.writeShare = m_operation == Operation::Write ? 1 : link.writes.of(m_classId);
        if (const auto* share = std::get_if<document::WithShare>(&link.when)) followed.share = share->share;
        if (followed.calls <= 0 || followed.share <= 0) continue;
        m_followedTo.emplace(link.to, m_followed.size());
        m_followed.push_back(std::move(followed));
    }
    if (from.cache && from.lookedUpBy == LookedUpBy::Caller && !m_followed.empty())
        refuse(*m_followed.front().link, "pattern", "an aside cache calls nothing; read_through and write_through do");
}

/// Finds the calls whose misses a link waits for. A class that makes none of them makes every call.
void Downstream::resolveMisses() {
    for (std::size_t i = 0; i < m_followed.size() && !m_draft.fault; ++i)
        if (const auto* miss = std::get_if<document::MissOf>(&m_followed[i].link->when)) resolveMiss(i, miss->cache);
}

void Downstream::resolveMiss(std::size_t index, const Id& cacheId) {
    Followed& followed = m_followed[index];
    const PartIndex target = m_draft.partById.at(cacheId);
    m_draft.reach(target);
    const Part& cache = m_draft.parts[target];
    if (!cache.cache || cache.lookedUpBy == LookedUpBy::Itself)
        return refuse(*followed.link, "when",
                      fmt::format("{} follows its own misses; only those of an aside cache reach its callers",
                                  cache.component->name));
    followed.cache = cache.cache;
    const auto get = m_followedTo.find(cacheId);
    if (get == m_followedTo.end() || m_followed[get->second].reads() <= 0) return;
    if (m_followed[get->second].link->mode == document::Mode::Async)
        return refuse(*followed.link, "when",
                      fmt::format("nobody waits for the calls to {}, which are async", cache.component->name));
    followed.waits = true;
    if (followed.reads() > 0) m_followed[get->second].afterMiss.push_back(index);
}

/// The parts of every link at its stage; of a link that waits for misses the writes alone, for its reads stand in the
/// branch of the miss.
Staged Downstream::allParts() {
    Staged parts;
    for (Followed& followed : m_followed) {
        const Route route = m_steps.route({followed.link});
        parts.emplace_back(followed.stage,
                           followed.waits ? writePart(followed, route, followed.writes()) : wholePart(followed, route));
    }
    for (const Followed& followed : m_followed)
        if (followed.waits && followed.reads() > 0 && !followed.isBuilt)
            refuse(*followed.link, "when", "links wait for each other's misses in a circle");
    return parts;
}

StepId Downstream::byStages(Staged parts) {
    const flow::Origin origin = m_draft.parts[m_from].origin;
    std::erase_if(parts, [&](const auto& part) { return part.second == m_draft.nothing; });
    std::ranges::stable_sort(parts, {}, &Staged::value_type::first);
    std::vector<StepId> stages;
    for (auto first = parts.begin(); first != parts.end();) {
        const auto last =
            std::find_if(first, parts.end(), [&](const auto& part) { return part.first != first->first; });
        flow::Parallel together;
        for (auto part = first; part != last; ++part) together.branches.push_back(part->second);
        stages.push_back(together.branches.size() == 1 ? first->second : m_draft.addStep(origin, std::move(together)));
        first = last;
    }
    return m_draft.addSequence(origin, stages);
}

StepId Downstream::wholePart(Followed& followed, const Route& route) {
    const flow::Origin origin = m_steps.originOf(route);
    StepId part{};
    if (followed.writeShare >= 1) {
        part = writePart(followed, route, followed.calls);
    } else if (followed.writeShare <= 0) {
        part = readPart(followed, route, 0);
    } else if (!followed.afterMiss.empty()) {
        const StepId reads = readPart(followed, route, 0);
        part = m_draft.addSequence(origin, {reads, writePart(followed, route, followed.writes())});
    } else {
        const double made = std::min(1.0, followed.calls); // the probability of a round, where there are fewer than one
        const double writes = made * followed.writeShare;
        flow::Choice kind;
        kind.branches.push_back({{made - writes}, m_steps.calls(route, Operation::Read, 1)});
        kind.branches.push_back({{writes}, writePart(followed, route, 1)});
        if (made < 1) kind.branches.push_back({{1 - made}, m_draft.addNothing()});
        part = m_steps.repeated(route, m_draft.addStep(origin, std::move(kind)), std::max(1.0, followed.calls));
    }
    return m_draft.addSometimes(origin, followed.share, part);
}

StepId Downstream::readPart(Followed& followed, const Route& route, int depth) {
    followed.isBuilt = true;
    if (followed.afterMiss.empty()) return m_steps.calls(route, Operation::Read, followed.reads());
    if (depth > document::kDeepestNesting) {
        refuse(*followed.link, "when",
               fmt::format("misses lead to misses more than {} deep", document::kDeepestNesting));
        return m_draft.addNothing();
    }
    return m_steps.repeated(route, getThenLookup(followed, route, depth), followed.reads());
}

/// Cache-aside: ask, and after a miss get the object elsewhere and put it into the cache.
StepId Downstream::getThenLookup(const Followed& followed, const Route& route, int depth) {
    const flow::Origin origin = m_steps.originOf(route);
    const StepId get = m_steps.calls(route, Operation::Read, 1);
    Staged elsewhere;
    for (const std::size_t index : followed.afterMiss) {
        Followed& other = m_followed[index];
        const Route otherRoute = m_steps.route({other.link});
        elsewhere.emplace_back(other.stage, readPart(other, otherRoute, depth + 1));
    }
    const StepId fetch = byStages(std::move(elsewhere));
    const StepId put = m_steps.calls(route, Operation::Write, 1);
    const StepId onMiss = m_draft.addSequence(origin, {fetch, put});
    const flow::CacheId cache = m_draft.parts[route.targets.front()].cache.value();
    const StepId lookup = m_draft.addStep(origin, flow::Lookup{cache, m_draft.addNothing(), onMiss});
    return m_draft.addSequence(origin, {get, lookup});
}

/// Writes, and after them the cached copies of what was written are dropped.
StepId Downstream::writePart(const Followed& followed, const Route& route, double count) {
    if (!followed.cache) return m_steps.calls(route, Operation::Write, count);
    if (count <= 0) return m_draft.addNothing();
    const flow::Origin origin = m_steps.originOf(route);
    const StepId write = m_steps.calls(route, Operation::Write, std::max(1.0, count));
    const StepId drop = m_draft.addStep(origin, flow::Invalidate{*followed.cache});
    return m_draft.addSometimes(origin, count, m_draft.addSequence(origin, {write, drop}));
}

/// One call over all links: a component that balances picks its target.
StepId Downstream::spread() {
    Followed& first = m_followed.front();
    std::vector<const Link*> links;
    for (const Followed& followed : m_followed) {
        const Link& link = *followed.link;
        const Link& model = *first.link;
        const char* field = std::holds_alternative<document::MissOf>(link.when) || link.when != model.when ? "when"
                            : followed.calls != first.calls                                                ? "calls"
                            : followed.writeShare != first.writeShare                                      ? "writes"
                            : link.mode != model.mode                                                      ? "mode"
                            : link.timeout != model.timeout                                                ? "timeout_s"
                            : link.retry != model.retry                                                    ? "retry"
                            : link.cancel != model.cancel                                                  ? "cancel"
                                                                                                           : nullptr;
        if (field)
            refuse(link, field,
                   fmt::format("{} spreads one call over its links: they all need the same, and no miss_of",
                               m_draft.parts[m_from].component->name));
        links.push_back(&link);
    }
    if (m_draft.fault) return m_draft.addNothing();
    return wholePart(first, m_steps.route(std::move(links)));
}

} // namespace

StepId lowerCalls(Draft& draft, PartIndex from, std::uint32_t requestClass, Operation operation,
                  const Approach& approach) {
    return Downstream(draft, from, requestClass, operation, approach).build();
}

} // namespace plimsoll::lower
