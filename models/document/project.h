// What the user draws, as plain values. A Project is compared and copied as a value; its scenarios, components and
// links are shared immutable parts, so a copy costs little. design/project-json.md names every field.
#pragma once
#include "engine/flow/model.h"
#include "models/document/id.h"
#include "models/document/shared.h"
#include "models/document/value.h"

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace plimsoll::document {

/// A point on the canvas in logical pixels at 100 %. Layout is never meaning.
struct Point {
    double x = 0, y = 0;
    bool operator==(const Point&) const = default;
};
struct Size {
    double width = 0, height = 0;
    bool operator==(const Size&) const = default;
};

struct Component {
    Id id;
    std::string type; // an id of the registry
    std::string name;
    Point position = {};                          // top left
    std::optional<Size> size = {};                // areas only
    std::optional<Id> area = {};                  // the area that it lies in
    std::map<std::string, Value> parameters = {}; // only what differs from the type's defaults
    bool operator==(const Component&) const = default;
};

/// A number that may differ by class; a class that is not named has `value`.
struct PerClass {
    double value = 0;
    std::map<Id, double> byClass;
    double of(const Id& classId) const {
        const auto found = byClass.find(classId);
        return found == byClass.end() ? value : found->second;
    }
    bool operator==(const PerClass&) const = default;
};

struct Always {
    bool operator==(const Always&) const = default;
};
struct MissOf { // followed once for each of the class's calls to that cache that misses
    Id cache;
    bool operator==(const MissOf&) const = default;
};
struct WithShare { // all calls are made with this probability, or none
    double share = 1;
    bool operator==(const WithShare&) const = default;
};
using When = std::variant<Always, MissOf, WithShare>;
enum class Mode { Sync, Async };
enum class Protocol { InProcess, Grpc, Http };

/// The keys of flow::Attempt; without body and fallback.
struct Retry {
    std::uint32_t maxAttempts = 1;
    Seconds backoff{0};
    double backoffFactor = 2;
    Seconds backoffCap{60};
    bool fullJitter = true;
    std::optional<double> budget;
    std::vector<flow::Cause> on;
    bool operator==(const Retry&) const = default;
};

/// While handling a request of class k, `from` calls `to`. At most one link from one component to another.
struct Link {
    Id from, to;
    PerClass calls{1, {}};
    PerClass writes{0, {}}; // share of those calls that write
    When when = {};
    std::optional<int> stage = {}; // none: its place among the links of `from`; equal stages run in parallel
    Mode mode = Mode::Sync;
    std::optional<Seconds> timeout = {};
    std::optional<Retry> retry = {};
    bool cancel = false; // whether a timeout stops the work below
    Bytes requestBytes = {}, responseBytes = {};
    Protocol protocol = Protocol::Http;
    bool operator==(const Link&) const = default;
};

struct OpenLoad {
    PerSecond rate;
    double scv = 1;   // of the times between arrivals
    double batch = 1; // mean size of arriving groups
    bool operator==(const OpenLoad&) const = default;
};
struct ClosedLoad {
    std::uint32_t users = 0;
    Numeric think; // seconds
    double thinkScv = 1;
    bool operator==(const ClosedLoad&) const = default;
};

struct RequestClass {
    Id id;
    std::string name;
    Id from; // the clients component where it starts
    std::variant<OpenLoad, ClosedLoad> load;
    bool operator==(const RequestClass&) const = default;
};

enum class Metric {
    Mean,
    P50,
    P90,
    P95,
    P99,
    P999,
    ErrorShare,
    Throughput,
    Availability, // of a class
    UsdPerMonth,
    LoadFactor // of the whole
};
struct Target {
    std::optional<Id> classId; // none: the whole project
    Metric metric = Metric::P99;
    bool atMost = true; // otherwise at least
    double bound = 0;   // SI
    bool operator==(const Target&) const = default;
};

struct Scenario {
    Id id;
    std::string name;
    std::optional<Id> derivedFrom = {};
    std::vector<Shared<Component>> components = {};
    std::vector<Shared<Link>> links = {};
    bool operator==(const Scenario&) const = default;
};

struct Project {
    std::string name;
    std::string note;
    std::vector<RequestClass> classes;
    std::vector<Target> targets;
    std::vector<Shared<Scenario>> scenarios; // at least one
    bool operator==(const Project&) const = default;
};

/// A project with one empty scenario, "Today".
Project emptyProject(std::string name = "Untitled");

/// nullptr where there is none.
const Scenario* findScenario(const Project& project, const Id& id);
const Component* findComponent(const Scenario& scenario, const Id& id);
const Link* findLink(const Scenario& scenario, const Id& from, const Id& to);
const RequestClass* findClass(const Project& project, const Id& id);

/// The limits beyond which a project is refused.
inline constexpr std::size_t kMostComponents = 10'000, kMostLinks = 100'000, kMostClasses = 200;
inline constexpr int kDeepestNesting = 64;
/// How far the canvas reaches from its origin to every side, in pixels (ux.md section 16).
inline constexpr double kCanvasReach = 100'000;

} // namespace plimsoll::document
