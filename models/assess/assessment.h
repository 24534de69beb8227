// What is known about a drawn scenario: figures by class, component, link and target, with their methods and problems.
// Views, report and command line only read it. DESIGN.md section 5 gives the exact meaning of every figure.
#pragma once
#include "engine/solve/solution.h"
#include "models/document/project.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace plimsoll::assess {

using document::Id;
using flow::Severity;

/// Something the reader has to know. `code` is a word that stays the same over versions.
struct Problem {
    Severity severity = Severity::Warning;
    std::string code;
    Id component; // id; empty for the whole. A link is "from>to", a class its id
    std::string field;
    std::string message; // one line
};

struct ClassFigures {
    Id id;
    std::string name;
    PerSecond offered, succeeded;
    double errorShare = 0;
    std::vector<flow::Share> errors;
    double attemptsPerRequest = 1;
    std::optional<flow::Latency> latency; // none: no steady state, or not carried by this scenario
};

struct ResourceFigures {
    std::string name; // "cpu", "threads", "connections", "disk"
    flow::ResourceResult result;
    bool isPool = false;
};

struct ComponentFigures {
    Id id;
    std::string name, type;
    PerSecond offered, carried;        // visits
    std::optional<double> utilisation; // of the busiest resource; none without one
    std::vector<ResourceFigures> resources;
    std::optional<double> offeredUtilisation; // demand of the busiest resource; may exceed 1
    std::optional<double> queueLength;        // waiting, all instances
    std::optional<Seconds> waitMean, residenceMean, residenceP99, responseMean;
    std::optional<double> hitRatio; // caches
    std::optional<double> saturationLoadFactor;
    int saturationRank = 0;      // 1, 2, 3 = order of saturation; 0: never, or later than third
    std::optional<Id> becauseOf; // a symptom: the component that causes it
    PerSecond backlogGrowth;
    double errorsPerVisit = 0;
    int defaultsUsed = 0, inputs = 0;
};

struct LinkFigures {
    Id from, to;
    PerSecond offered, carried; // calls a second
    std::map<Id, PerSecond> carriedByClass;
};

struct TargetVerdict {
    document::Target target;
    std::optional<double> value; // SI; none: absent, with a problem that says why
    std::optional<bool> met;     // none: there are no requests at all, or not computed yet
    std::optional<double> safeLoadFactor;
    bool holdsAtEveryLoad = false; // then there is no safe load factor: code no_limit
    bool breaksByCollapse = false; // beyond the safe load factor its class can collapse
    bool canCollapse = false;      // after a burst its class stays in a worse state than the one shown: not met
};

struct Bottleneck {
    Id component;
    std::string resource;
    double strength = 0;
};

struct Assessment {
    std::uint64_t revision = 0; // of the document that it belongs to
    std::string project;
    Id scenario;
    double loadFactor = 1;
    bool solved = false; // false: `problems` says why and there are no figures
    flow::Regime regime = flow::Regime::Steady;
    std::vector<ClassFigures> classes;
    std::vector<ComponentFigures> components;
    std::vector<LinkFigures> links;
    std::vector<TargetVerdict> targets;
    std::optional<Bottleneck> bottleneck;
    std::optional<double> saturationLoadFactor;
    std::optional<double> safeLoadFactor; // the smallest over the targets
    std::vector<Problem> problems;
    std::chrono::duration<double> solveTime{0}; // wall clock of lowering and solving, filled by the caller's clock

    const ComponentFigures* component(const Id& id) const;
    const ClassFigures* requestClass(const Id& id) const;
    const LinkFigures* link(const Id& from, const Id& to) const;
};

/// Of the time that all requests spend, carried rate by mean residence, the share spent in this component, 0 to 1; none
/// without a steady state.
std::optional<double> timeShare(const ComponentFigures& figures, const Assessment& assessment);

/// Latency against load: one point a load factor; percentiles are none where the class has no steady state.
struct LoadPoint {
    double loadFactor = 0;
    std::vector<std::optional<flow::Latency>> latency; // by class, in the assessment's order; cdf left empty
};
struct LoadCurve {
    std::uint64_t revision = 0;
    std::vector<Id> classes;
    double baseRate_per_s = 0; // arrivals of all open classes at factor 1
    std::vector<LoadPoint> points;
};

} // namespace plimsoll::assess
