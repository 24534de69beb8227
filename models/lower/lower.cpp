#include "models/lower/lower.h"

#include "models/components/class_rules.h"
#include "models/lower/draft.h"

#include <fmt/format.h>

#include <algorithm>

namespace plimsoll::lower {
namespace {

using document::Error;

std::variant<flow::Open, flow::Closed> arrivals(const document::RequestClass& requestClass) {
    if (const auto* open = std::get_if<document::OpenLoad>(&requestClass.load))
        return flow::Open{open->rate, open->scv, open->batch};
    const auto& closed = std::get<document::ClosedLoad>(requestClass.load);
    return flow::Closed{closed.users, timeOf(closed.think.value, closed.thinkScv)};
}

/// Adds a class that starts in this scenario; its root is filled in when its clients' entry is built.
void start(Draft& draft, std::uint32_t index, std::vector<flow::EntryId>& roots) {
    const document::RequestClass& requestClass = draft.project.classes[index];
    const auto clients = draft.partById.find(requestClass.from);
    const auto calls = [&](const document::Link* link) { return link->calls.of(requestClass.id) > 0; };
    if (clients == draft.partById.end() || std::ranges::none_of(draft.parts[clients->second].links, calls)) {
        draft.lowered.notCarried.push_back(requestClass.id);
        return;
    }
    if (auto fault = components::firstFault(requestClass)) return draft.refuse(std::move(*fault));
    if (document::findClass(draft.project, requestClass.id) != &requestClass)
        return draft.refuse({requestClass.name, "id", fmt::format("\"{}\" is there twice", requestClass.id)});
    const auto* type = draft.parts[clients->second].type;
    if (!type || !type->capabilities.startsClasses)
        return draft.refuse({requestClass.name, "from",
                             fmt::format("\"{}\" is not a component where requests start", requestClass.from)});
    roots.push_back(draft.promise(clients->second, index, Operation::Read));
    draft.lowered.classes.push_back(requestClass.id);
    draft.lowered.model.classes.push_back({.name = requestClass.id,
                                           .origin = draft.parts[clients->second].origin,
                                           .arrivals = arrivals(requestClass),
                                           .root = {}});
}

void build(Draft& draft) {
    Context context(draft);
    while (!draft.promises.empty() && !draft.fault) {
        const Promise next = draft.promises.front();
        draft.promises.pop_front();
        const Part& part = draft.parts[next.part];
        draft.building = next.entry;
        part.type->enter(*part.component, draft.project.classes[next.requestClass], next.operation, context);
    }
}

/// A call loop, as the entries on it; empty if there is none. Depth first, with a stack of its own.
std::vector<flow::EntryId> findLoop(const std::vector<std::vector<flow::EntryId>>& callees) {
    enum class Mark : char { New, Open, Done };
    std::vector<Mark> marks(callees.size(), Mark::New);
    std::vector<std::pair<std::size_t, std::size_t>> path; // entry, next callee
    for (std::size_t root = 0; root < callees.size(); ++root) {
        if (marks[root] != Mark::New) continue;
        marks[root] = Mark::Open;
        path.emplace_back(root, 0);
        while (!path.empty()) {
            auto& [entry, next] = path.back();
            if (next == callees[entry].size()) {
                marks[entry] = Mark::Done;
                path.pop_back();
                continue;
            }
            const auto callee = static_cast<std::size_t>(callees[entry][next++]);
            if (marks[callee] == Mark::New) {
                marks[callee] = Mark::Open;
                path.emplace_back(callee, 0);
            } else if (marks[callee] == Mark::Open) {
                std::vector<flow::EntryId> loop;
                const auto first = std::ranges::find(path, callee, &std::pair<std::size_t, std::size_t>::first);
                for (auto step = first; step != path.end(); ++step)
                    loop.push_back(static_cast<flow::EntryId>(step->first));
                return loop;
            }
        }
    }
    return {};
}

constexpr std::size_t kMostNames = 8; // of a loop, in a message of one line

void refuseLoops(Draft& draft) {
    const auto loop = findLoop(draft.callees);
    if (loop.empty()) return;
    const auto nameOf = [&](flow::EntryId entry) {
        return draft.find(draft.lowered.entries[static_cast<std::size_t>(entry)].component)->name;
    };
    std::string names;
    for (std::size_t i = 0; i < std::min(loop.size(), kMostNames); ++i) names += nameOf(loop[i]) + " > ";
    if (loop.size() > kMostNames) names += fmt::format("{} more > ", loop.size() - kMostNames);
    draft.refuse({nameOf(loop.front()), "links", fmt::format("calls loop: {}{}", names, nameOf(loop.front()))});
}

} // namespace

std::expected<Lowered, Error> lower(const document::Project& project, const Id& scenario) {
    const document::Scenario* drawn = document::findScenario(project, scenario);
    if (!drawn)
        return std::unexpected(Error{scenario, "scenario", fmt::format("there is no scenario \"{}\"", scenario)});
    Draft draft(project, *drawn);
    std::vector<flow::EntryId> roots;
    for (std::uint32_t index = 0; index < project.classes.size() && !draft.fault; ++index) start(draft, index, roots);
    build(draft);
    if (!draft.fault) refuseLoops(draft);
    if (draft.fault) return std::unexpected(std::move(*draft.fault));
    flow::Model& model = draft.lowered.model;
    const auto rootOf = [&](flow::EntryId entry) { return model.entries[static_cast<std::size_t>(entry)].root; };
    for (const auto& [step, entry] : draft.continuations)
        std::get<flow::Sequence>(model.steps[static_cast<std::size_t>(step)].body).steps.push_back(rootOf(entry));
    for (std::size_t i = 0; i < roots.size(); ++i) model.classes[i].root = rootOf(roots[i]);
    return std::move(draft.lowered);
}

} // namespace plimsoll::lower
