// Tables -> Project.
#include "models/store/reader.h"

#include "models/exchange/words.h"
#include "models/store/rows.h"

#include <fmt/format.h>

#include <limits>
#include <map>
#include <tuple>

namespace plimsoll::store {

namespace {

using namespace document;

template <class Enum> Enum wordIn(Rows& rows) {
    const std::string word = rows.text();
    const auto value = exchange::fromWord<Enum>(word);
    if (!value) rows.refuse(fmt::format("\"{}\" is not a word that it takes", word));
    return *value;
}

/// likely, low, high -> number with its range.
void readNumber(Rows& rows, Numeric& numeric) {
    numeric.value = rows.real();
    const auto low = rows.optionalReal(), high = rows.optionalReal();
    if (low.has_value() != high.has_value()) rows.refuse("half a range");
    if (low) numeric.range = Range{*low, numeric.value, *high};
}

Provenance readProvenance(Rows& rows) {
    Provenance provenance;
    provenance.kind = wordIn<Provenance::Kind>(rows);
    provenance.source = rows.text();
    provenance.date = rows.text();
    return provenance;
}

std::vector<RequestClass> readClasses(SQLite::Database& database) {
    std::vector<RequestClass> classes;
    Rows rows(database, "classes",
              "id, name, from_id, rate_per_s, scv, batch, users, think_s, think_low_s, think_high_s, think_provenance, "
              "think_source, think_date, think_scv",
              "position");
    while (rows.next()) {
        RequestClass requestClass{rows.text(), rows.text(), rows.text(), OpenLoad{}};
        if (const auto rate = rows.optionalReal()) {
            const double scv = rows.real(), batch = rows.real();
            requestClass.load = OpenLoad{perSecond(*rate), scv, batch};
        } else {
            if (rows.optionalReal() || rows.optionalReal()) rows.refuse("scv or batch without a rate");
            ClosedLoad load;
            load.users = static_cast<std::uint32_t>(rows.whole(0, std::numeric_limits<std::uint32_t>::max()));
            readNumber(rows, load.think);
            load.think.provenance = readProvenance(rows);
            load.thinkScv = rows.real();
            requestClass.load = load;
        }
        classes.push_back(std::move(requestClass));
    }
    return classes;
}

std::vector<Target> readTargets(SQLite::Database& database) {
    std::vector<Target> targets;
    Rows rows(database, "targets", "class_id, metric, at_most, bound", "position");
    while (rows.next()) {
        Target target;
        target.classId = rows.optionalText();
        target.metric = wordIn<Metric>(rows);
        target.atMost = rows.flag();
        target.bound = rows.real();
        targets.push_back(std::move(target));
    }
    return targets;
}

/// Reads what belongs to scenarios into mutable parts, found by their keys.
class ScenarioReader {
public:
    explicit ScenarioReader(SQLite::Database& database) : m_database(database) {}

    std::vector<Shared<Scenario>> read() {
        readScenarios();
        readComponents();
        readParameters();
        readWords();
        readNumbers();
        readLinks();
        readLinkNumbers();
        readRetries();
        readCauses();
        return assembled();
    }

private:
    using Key = std::pair<Id, Id>;          // scenario, component
    using LinkKey = std::tuple<Id, Id, Id>; // scenario, from, to
    struct Parts {
        Scenario scenario;
        std::vector<Component> components;
        std::vector<Link> links;
    };

    void readScenarios() {
        Rows rows(m_database, "scenarios", "id, name, derived_from", "position");
        while (rows.next()) {
            Scenario scenario;
            scenario.id = rows.text();
            scenario.name = rows.text();
            scenario.derivedFrom = rows.optionalText();
            m_places[scenario.id] = m_parts.size();
            m_parts.push_back({std::move(scenario), {}, {}});
        }
    }

    Parts& partsOf(Rows& rows, const Id& scenario) {
        const auto found = m_places.find(scenario);
        if (found == m_places.end()) rows.refuse(fmt::format("there is no scenario \"{}\"", scenario));
        return m_parts[found->second];
    }

    void readComponents() {
        Rows rows(m_database, "components", "scenario_id, id, type, name, x, y, width, height, area_id", "position");
        while (rows.next()) {
            const Id scenario = rows.text();
            Component component;
            component.id = rows.text();
            component.type = rows.text();
            component.name = rows.text();
            component.position.x = rows.real();
            component.position.y = rows.real();
            const auto width = rows.optionalReal(), height = rows.optionalReal();
            if (width.has_value() != height.has_value()) rows.refuse("half a size");
            if (width) component.size = Size{*width, *height};
            component.area = rows.optionalText();
            auto& components = partsOf(rows, scenario).components;
            m_componentPlaces[{scenario, component.id}] = components.size();
            components.push_back(std::move(component));
        }
    }

    Component& component(Rows& rows) {
        const Id scenario = rows.text(), id = rows.text();
        const auto found = m_componentPlaces.find({scenario, id});
        if (found == m_componentPlaces.end()) rows.refuse(fmt::format("there is no component \"{}\"", id));
        return partsOf(rows, scenario).components[found->second];
    }

    static Value readValue(Rows& rows) {
        const std::string kind = rows.text();
        if (kind == "number") {
            Numeric numeric;
            readNumber(rows, numeric);
            if (rows.optionalText() || rows.optionalWhole(0, 1)) rows.refuse("a number and something else");
            numeric.provenance = readProvenance(rows);
            return numeric;
        }
        if (rows.optionalReal() || rows.optionalReal() || rows.optionalReal()) rows.refuse("a number not called one");
        if (kind == "word") return rows.text();
        if (rows.optionalText()) rows.refuse("a word not called one");
        if (kind == "switch") return rows.flag();
        if (kind != "words") rows.refuse(fmt::format("\"{}\" is not a kind of value", kind));
        return std::vector<std::string>{};
    }

    void readParameters() {
        Rows rows(m_database, "parameters",
                  "scenario_id, component_id, key, kind, number, low, high, word, switch, provenance, source, date",
                  "scenario_id, component_id, key");
        while (rows.next()) {
            Component& owner = component(rows);
            std::string key = rows.text();
            owner.parameters[std::move(key)] = readValue(rows);
        }
    }

    template <class T> T& parameter(Rows& rows) {
        Component& owner = component(rows);
        const std::string key = rows.text();
        const auto found = owner.parameters.find(key);
        auto* value = found == owner.parameters.end() ? nullptr : std::get_if<T>(&found->second);
        if (!value) rows.refuse(fmt::format("there is no such parameter \"{}\"", key));
        return *value;
    }

    void readWords() {
        Rows rows(m_database, "parameter_words", "scenario_id, component_id, key, word",
                  "scenario_id, component_id, key, position");
        while (rows.next()) parameter<std::vector<std::string>>(rows).push_back(rows.text());
    }

    void readNumbers() {
        Rows rows(m_database, "parameter_classes", "scenario_id, component_id, key, class_id, number",
                  "scenario_id, component_id, key, class_id");
        while (rows.next()) {
            auto& numeric = parameter<Numeric>(rows);
            Id classId = rows.text();
            numeric.byClass[std::move(classId)] = rows.real();
        }
    }

    void readLinks() {
        Rows rows(m_database, "links",
                  "scenario_id, from_id, to_id, calls, writes, miss_of, share, stage, mode, timeout_s, cancel, "
                  "request_bytes, response_bytes, protocol",
                  "position");
        while (rows.next()) {
            const Id scenario = rows.text();
            Link link;
            link.from = rows.text();
            link.to = rows.text();
            link.calls.value = rows.real();
            link.writes.value = rows.real();
            auto miss = rows.optionalText();
            const auto share = rows.optionalReal();
            if (miss && share) rows.refuse("two conditions");
            if (miss) link.when = MissOf{std::move(*miss)};
            if (share) link.when = WithShare{*share};
            if (const auto stage = rows.optionalWhole(std::numeric_limits<int>::min(), std::numeric_limits<int>::max()))
                link.stage = static_cast<int>(*stage);
            link.mode = wordIn<Mode>(rows);
            if (const auto timeout = rows.optionalReal()) link.timeout = seconds(*timeout);
            link.cancel = rows.flag();
            link.requestBytes = Bytes{rows.real()};
            link.responseBytes = Bytes{rows.real()};
            link.protocol = wordIn<Protocol>(rows);
            auto& links = partsOf(rows, scenario).links;
            m_linkPlaces[{scenario, link.from, link.to}] = links.size();
            links.push_back(std::move(link));
        }
    }

    Link& link(Rows& rows) {
        const Id scenario = rows.text(), from = rows.text(), to = rows.text();
        const auto found = m_linkPlaces.find({scenario, from, to});
        if (found == m_linkPlaces.end()) rows.refuse(fmt::format("there is no link {} > {}", from, to));
        return partsOf(rows, scenario).links[found->second];
    }

    void readLinkNumbers() {
        Rows rows(m_database, "link_classes", "scenario_id, from_id, to_id, field, class_id, number",
                  "scenario_id, from_id, to_id, field, class_id");
        while (rows.next()) {
            Link& owner = link(rows);
            const std::string field = rows.text();
            if (field != "calls" && field != "writes") rows.refuse(fmt::format("\"{}\" is not a field", field));
            Id classId = rows.text();
            (field == "calls" ? owner.calls : owner.writes).byClass[std::move(classId)] = rows.real();
        }
    }

    void readRetries() {
        Rows rows(m_database, "retries",
                  "scenario_id, from_id, to_id, max_attempts, backoff_s, backoff_factor, backoff_cap_s, full_jitter, "
                  "budget",
                  "scenario_id, from_id, to_id");
        while (rows.next()) {
            Link& owner = link(rows);
            Retry retry;
            retry.maxAttempts = static_cast<std::uint32_t>(rows.whole(1, std::numeric_limits<std::uint32_t>::max()));
            retry.backoff = seconds(rows.real());
            retry.backoffFactor = rows.real();
            retry.backoffCap = seconds(rows.real());
            retry.fullJitter = rows.flag();
            retry.budget = rows.optionalReal();
            owner.retry = std::move(retry);
        }
    }

    void readCauses() {
        Rows rows(m_database, "retry_causes", "scenario_id, from_id, to_id, cause",
                  "scenario_id, from_id, to_id, position");
        while (rows.next()) {
            Link& owner = link(rows);
            if (!owner.retry) rows.refuse("a cause without a retry");
            owner.retry->on.push_back(wordIn<flow::Cause>(rows));
        }
    }

    std::vector<Shared<Scenario>> assembled() {
        std::vector<Shared<Scenario>> scenarios;
        for (Parts& parts : m_parts) {
            for (Component& component : parts.components) parts.scenario.components.emplace_back(std::move(component));
            for (Link& link : parts.links) parts.scenario.links.emplace_back(std::move(link));
            scenarios.emplace_back(std::move(parts.scenario));
        }
        return scenarios;
    }

    SQLite::Database& m_database;
    std::vector<Parts> m_parts;
    std::map<Id, std::size_t> m_places;
    std::map<Key, std::size_t> m_componentPlaces;
    std::map<LinkKey, std::size_t> m_linkPlaces;
};

} // namespace

Project readProject(SQLite::Database& database) {
    Project project;
    Rows rows(database, "project", "name, note", "rowid");
    if (!rows.next()) rows.refuse("is empty");
    project.name = rows.text();
    project.note = rows.text();
    if (rows.next()) rows.refuse("has more than one row");
    project.classes = readClasses(database);
    project.targets = readTargets(database);
    project.scenarios = ScenarioReader(database).read();
    return project;
}

} // namespace plimsoll::store
