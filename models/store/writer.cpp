// Project -> tables.
#include "models/exchange/words.h"
#include "models/store/database.h"
#include "models/store/schema.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <memory>
#include <sqlite3.h>

namespace plimsoll::store {

namespace {

using namespace document;
using exchange::wordOf;

/// An INSERT with its values bound one after the other.
class Insert {
public:
    Insert(SQLite::Database& database, std::string_view table, std::string_view columns)
        : m_statement(database, sql(table, columns)) {}

    template <class... Values> void row(const Values&... values) {
        int index = 0;
        (bind(++index, values), ...);
        m_statement.exec();
        m_statement.reset();
        m_statement.clearBindings();
    }

private:
    static std::string sql(std::string_view table, std::string_view columns) {
        std::string marks = "?";
        for (const char c : columns)
            if (c == ',') marks += ",?";
        return fmt::format("INSERT INTO {} ({}) VALUES ({})", table, columns, marks);
    }
    void bind(int index, double value) { m_statement.bind(index, value); }
    void bind(int index, std::int64_t value) { m_statement.bind(index, value); }
    void bind(int index, std::string_view value) { m_statement.bind(index, std::string(value)); }
    void bind(int, std::nullopt_t) {}
    template <class T> void bind(int index, const std::optional<T>& value) {
        if (value) bind(index, *value);
    }

    SQLite::Statement m_statement;
};

std::int64_t whole(auto value) {
    return static_cast<std::int64_t>(value);
}

std::optional<double> inSeconds(const std::optional<Seconds>& value) {
    return value ? std::optional(value->count()) : std::nullopt;
}

class Writer {
public:
    explicit Writer(SQLite::Database& database)
        : m_components(database, "components", "scenario_id, position, id, type, name, x, y, width, height, area_id"),
          m_parameters(
              database, "parameters",
              "scenario_id, component_id, key, kind, number, low, high, word, switch, provenance, source, date"),
          m_words(database, "parameter_words", "scenario_id, component_id, key, position, word"),
          m_numbers(database, "parameter_classes", "scenario_id, component_id, key, class_id, number"),
          m_links(
              database, "links",
              "scenario_id, position, from_id, to_id, calls, writes, miss_of, share, stage, mode, timeout_s, cancel, "
              "request_bytes, response_bytes, protocol"),
          m_linkNumbers(database, "link_classes", "scenario_id, from_id, to_id, field, class_id, number"),
          m_retries(database, "retries",
                    "scenario_id, from_id, to_id, max_attempts, backoff_s, backoff_factor, backoff_cap_s, full_jitter, "
                    "budget"),
          m_causes(database, "retry_causes", "scenario_id, from_id, to_id, position, cause") {}

    void write(const Scenario& scenario) {
        for (std::int64_t i = 0; const auto& component : scenario.components) write(scenario.id, i++, *component);
        for (std::int64_t i = 0; const auto& link : scenario.links) write(scenario.id, i++, *link);
    }

private:
    void write(const Id& scenario, std::int64_t position, const Component& component) {
        const auto& size = component.size;
        m_components.row(scenario, position, component.id, component.type, component.name, component.position.x,
                         component.position.y, size ? std::optional(size->width) : std::nullopt,
                         size ? std::optional(size->height) : std::nullopt, component.area);
        for (const auto& [key, value] : component.parameters)
            std::visit([&](const auto& held) { write(scenario, component.id, key, held); }, value);
    }

    void write(const Id& scenario, const Id& component, const std::string& key, const Numeric& numeric) {
        const auto& range = numeric.range;
        m_parameters.row(scenario, component, key, "number", numeric.value,
                         range ? std::optional(range->low) : std::nullopt,
                         range ? std::optional(range->high) : std::nullopt, std::nullopt, std::nullopt,
                         wordOf(numeric.provenance.kind), numeric.provenance.source, numeric.provenance.date);
        for (const auto& [classId, number] : numeric.byClass) m_numbers.row(scenario, component, key, classId, number);
    }
    void write(const Id& scenario, const Id& component, const std::string& key, const std::string& word) {
        m_parameters.row(scenario, component, key, "word", std::nullopt, std::nullopt, std::nullopt, word);
    }
    void write(const Id& scenario, const Id& component, const std::string& key, bool flag) {
        m_parameters.row(scenario, component, key, "switch", std::nullopt, std::nullopt, std::nullopt, std::nullopt,
                         whole(flag));
    }
    void write(const Id& scenario, const Id& component, const std::string& key, const std::vector<std::string>& words) {
        m_parameters.row(scenario, component, key, "words");
        for (std::int64_t i = 0; const auto& word : words) m_words.row(scenario, component, key, i++, word);
    }

    void write(const Id& scenario, std::int64_t position, const Link& link) {
        const auto* miss = std::get_if<MissOf>(&link.when);
        const auto* share = std::get_if<WithShare>(&link.when);
        m_links.row(
            scenario, position, link.from, link.to, link.calls.value, link.writes.value,
            miss ? std::optional(miss->cache) : std::nullopt, share ? std::optional(share->share) : std::nullopt,
            link.stage ? std::optional(whole(*link.stage)) : std::nullopt, wordOf(link.mode), inSeconds(link.timeout),
            whole(link.cancel), link.requestBytes.value, link.responseBytes.value, wordOf(link.protocol));
        for (const auto& [classId, number] : link.calls.byClass)
            m_linkNumbers.row(scenario, link.from, link.to, "calls", classId, number);
        for (const auto& [classId, number] : link.writes.byClass)
            m_linkNumbers.row(scenario, link.from, link.to, "writes", classId, number);
        if (!link.retry) return;
        const Retry& retry = *link.retry;
        m_retries.row(scenario, link.from, link.to, whole(retry.maxAttempts), retry.backoff.count(),
                      retry.backoffFactor, retry.backoffCap.count(), whole(retry.fullJitter), retry.budget);
        for (std::int64_t i = 0; const flow::Cause cause : retry.on)
            m_causes.row(scenario, link.from, link.to, i++, wordOf(cause));
    }

    Insert m_components, m_parameters, m_words, m_numbers, m_links, m_linkNumbers, m_retries, m_causes;
};

void writeClasses(SQLite::Database& database, const std::vector<RequestClass>& classes) {
    Insert open(database, "classes", "position, id, name, from_id, rate_per_s, scv, batch");
    Insert closed(database, "classes",
                  "position, id, name, from_id, users, think_s, think_low_s, think_high_s, think_provenance, "
                  "think_source, think_date, think_scv");
    for (std::int64_t i = 0; const RequestClass& requestClass : classes) {
        const auto& [id, name, from, load] = requestClass;
        if (const auto* rate = std::get_if<OpenLoad>(&load)) {
            open.row(i++, id, name, from, rate->rate.value, rate->scv, rate->batch);
            continue;
        }
        const auto& users = std::get<ClosedLoad>(load);
        const Numeric& think = users.think;
        closed.row(i++, id, name, from, whole(users.users), think.value,
                   think.range ? std::optional(think.range->low) : std::nullopt,
                   think.range ? std::optional(think.range->high) : std::nullopt, wordOf(think.provenance.kind),
                   think.provenance.source, think.provenance.date, users.thinkScv);
    }
}

void writeProject(SQLite::Database& database, const Project& project) {
    Insert(database, "project", "name, note").row(project.name, project.note);
    writeClasses(database, project.classes);
    Insert targets(database, "targets", "position, class_id, metric, at_most, bound");
    for (std::int64_t i = 0; const Target& target : project.targets)
        targets.row(i++, target.classId, wordOf(target.metric), whole(target.atMost), target.bound);
    Insert scenarios(database, "scenarios", "position, id, name, derived_from");
    Writer writer(database);
    for (std::int64_t i = 0; const auto& scenario : project.scenarios) {
        scenarios.row(i++, scenario->id, scenario->name, scenario->derivedFrom);
        writer.write(*scenario);
    }
}

} // namespace

std::string toBytes(const Project& project, const Format& format) {
    SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", kApplicationId, format.version));
    SQLite::Transaction transaction(database);
    for (const Table& table : kTables)
        database.exec(fmt::format("CREATE TABLE {} ({}) STRICT", table.name, table.columns));
    writeProject(database, project);
    transaction.commit();
    sqlite3_int64 size = 0;
    const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> image(
        sqlite3_serialize(database.getHandle(), "main", &size, 0), sqlite3_free);
    if (!image) throw SQLite::Exception("out of memory", SQLITE_NOMEM);
    return {reinterpret_cast<const char*>(image.get()), static_cast<std::size_t>(size)};
}

} // namespace plimsoll::store
