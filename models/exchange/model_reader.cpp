#include "models/exchange/model_reader.h"

#include "engine/flow/validate.h"
#include "models/exchange/json_text.h"
#include "models/exchange/law_reader.h"
#include "models/exchange/model_words.h"
#include "models/exchange/step_reader.h"

#include <fmt/format.h>

namespace plimsoll::exchange {
namespace {

using namespace flow;
namespace words = model_words;

class ModelReader {
public:
    ReadModel read(const json& value) {
        ModelObject object(value, {"", "", ""});
        readFleets(object.array("fleets"));
        each(object, "stations", m_model.stations, [this](ModelObject& o) { return readStation(o); });
        each(object, "pools", m_model.pools, [this](ModelObject& o) { return readPool(o); });
        each(object, "limiters", m_model.limiters, [this](ModelObject& o) { return readLimiter(o); });
        each(object, "key_spaces", m_model.keySpaces, [this](ModelObject& o) { return readKeySpace(o); });
        each(object, "caches", m_model.caches, [this](ModelObject& o) { return readCache(o); });
        each(object, "balancers", m_model.balancers, [this](ModelObject& o) { return readBalancer(o); });
        StepReader steps(m_model, m_problems);
        steps.readNumbered(object.array("steps"));
        readEntries(object.array("entries"), steps);
        object.required("classes");
        readClasses(object.array("classes"), steps);
        object.finish();
        return {std::move(m_model), std::move(m_problems)};
    }

private:
    template <class T, class Read>
    void each(ModelObject& object, std::string_view key, std::vector<T>& into, Read read_) {
        const json& array = object.array(key);
        for (std::size_t i = 0; i < array.size(); ++i) {
            ModelObject element(array[i], {elementName(key, i), "", ""});
            T value = read_(element);
            value.origin = Origin{element.countOr("origin", 0)};
            element.finish();
            into.push_back(std::move(value));
        }
    }

    void readFleets(const json& fleets) {
        if (fleets.empty()) return; // the default: the outside alone
        m_model.fleets.clear();
        for (std::size_t i = 0; i < fleets.size(); ++i) {
            ModelObject object(fleets[i], {elementName("fleets", i), "", ""});
            Fleet fleet;
            fleet.origin = Origin{object.countOr("origin", 0)};
            const json& members = object.array("members");
            if (object.find("members")) fleet.members.clear();
            for (std::size_t m = 0; m < members.size(); ++m) {
                ModelObject member(members[m], object.at(fmt::format("members[{}]", m)));
                fleet.members.push_back(
                    {member.countOr("count", 1), member.numberOr("speed", 1), member.numberOr("weight", 1)});
                member.finish();
            }
            if (const json* failures = object.find("failures"))
                fleet.failures = readFailures(*failures, object.at("failures"));
            object.finish();
            m_model.fleets.push_back(std::move(fleet));
        }
    }

    Failures readFailures(const json& value, const Where& where) {
        ModelObject object(value, where);
        Failures failures;
        failures.meanTimeBetween = Seconds{object.number("mean_time_between_s")};
        failures.repair = law(object, "repair");
        failures.looks = DownAs(object.wordOr("looks", words::kDownAs, 0));
        object.finish();
        return failures;
    }

    Station readStation(ModelObject& object) {
        Station station;
        station.fleet = FleetId{object.countOr("fleet", 0)};
        if (object.value().contains("servers")) station.servers = object.optionalCount("servers");
        station.discipline = Discipline(object.wordOr("discipline", words::kDiscipline, 0));
        station.capacity = object.optionalCount("capacity");
        if (const json* value = object.find("contention")) {
            ModelObject contention(*value, object.at("contention"));
            station.contention = {contention.numberOr("sigma", 0), contention.numberOr("kappa", 0)};
            contention.finish();
        }
        return station;
    }

    Pool readPool(ModelObject& object) {
        Pool pool;
        pool.fleet = FleetId{object.countOr("fleet", 0)};
        pool.tokens = object.countOr("tokens", 1);
        pool.queueLimit = object.optionalCount("queue_limit");
        if (const auto wait = object.optionalNumber("max_wait_s")) pool.maxWait = Seconds{*wait};
        if (const json* value = object.find("on_demand")) pool.onDemand = readOnDemand(*value, object.at("on_demand"));
        return pool;
    }

    OnDemand readOnDemand(const json& value, const Where& where) {
        ModelObject object(value, where);
        OnDemand onDemand;
        onDemand.provisioned = object.countOr("provisioned", 0);
        onDemand.boot = law(object, "boot");
        onDemand.keepAlive = Seconds{object.number("keep_alive_s")};
        if (const json* limit = object.find("boot_limit")) {
            ModelObject boot(*limit, object.at("boot_limit"));
            const double rate = boot.number("rate_per_s");
            onDemand.bootLimit = BootLimit{{rate}, boot.numberOr("burst", 1)};
            boot.finish();
        }
        if (const auto pool = object.optionalCount("attaches")) onDemand.attaches = PoolId{*pool};
        object.finish();
        return onDemand;
    }

    Limiter readLimiter(ModelObject& object) {
        Limiter limiter;
        limiter.fleet = FleetId{object.countOr("fleet", 0)};
        limiter.rate.value = object.number("rate_per_s");
        limiter.burst = object.numberOr("burst", 1);
        limiter.over = OverLimit(object.wordOr("over", words::kOverLimit, 0));
        return limiter;
    }

    KeySpace readKeySpace(ModelObject& object) {
        KeySpace space;
        const double keys = object.numberOr("keys", 1);
        constexpr double kExactlyWhole = 9007199254740992.0; // 2^53
        if (!(keys >= 0 && keys <= kExactlyWhole && keys == double(std::uint64_t(keys))))
            object.at("keys").refuse(fmt::format("is {}, must be a whole number from 1 to 2^53", keys));
        space.keys = std::uint64_t(keys);
        space.zipf = object.numberOr("zipf", 0);
        space.meanSize.value = object.numberOr("mean_size_bytes", 1);
        space.sizeScv = object.numberOr("size_scv", 0);
        return space;
    }

    Cache readCache(ModelObject& object) {
        Cache cache;
        cache.fleet = FleetId{object.countOr("fleet", 0)};
        if (const auto space = object.optionalCount("key_space")) cache.keySpace = KeySpaceId{*space};
        if (const auto ratio = object.optionalNumber("fixed_hit_ratio")) cache.fixedHitRatio = Probability{*ratio};
        cache.capacity.value =
            cache.fixedHitRatio ? object.numberOr("capacity_bytes", 0) : object.number("capacity_bytes");
        cache.eviction = Eviction(object.wordOr("eviction", words::kEviction, 0));
        if (const auto ttl = object.optionalNumber("ttl_s")) cache.ttl = Seconds{*ttl};
        cache.coalesce = object.booleanOr("coalesce", false);
        return cache;
    }

    Balancer readBalancer(ModelObject& object) {
        Balancer balancer;
        balancer.fleet = FleetId{object.countOr("fleet", 0)};
        balancer.policy = Policy(object.wordOr("policy", words::kPolicy, 0));
        object.required("backends");
        const json& backends = object.array("backends");
        for (std::size_t i = 0; i < backends.size(); ++i) {
            ModelObject backend(backends[i], object.at(fmt::format("backends[{}]", i)));
            const FleetId fleet{backend.count("fleet")};
            balancer.backends.push_back({fleet, backend.numberOr("weight", 1)});
            backend.finish();
        }
        if (const auto space = object.optionalCount("key_space")) balancer.keySpace = KeySpaceId{*space};
        if (const json* value = object.find("health")) {
            ModelObject health(*value, object.at("health"));
            balancer.health =
                HealthCheck{Seconds{health.numberOr("interval_s", 1)}, Seconds{health.numberOr("timeout_s", 1)},
                            health.countOr("fall", 3), health.countOr("rise", 2)};
            health.finish();
        }
        balancer.signalAge = Seconds{object.numberOr("signal_age_s", 0)};
        balancer.slowStart = Seconds{object.numberOr("slow_start_s", 0)};
        return balancer;
    }

    void readEntries(const json& entries, StepReader& steps) {
        for (std::size_t i = 0; i < entries.size(); ++i) {
            ModelObject object(entries[i], {elementName("entries", i), "", ""});
            Entry entry;
            entry.origin = Origin{object.countOr("origin", 0)};
            entry.fleet = FleetId{object.countOr("fleet", 0)};
            entry.root = steps.read(object.required("root"), object.at("root"), fmt::format("/entries/{}/root", i));
            object.finish();
            m_model.entries.push_back(entry);
        }
    }

    void readClasses(const json& classes, StepReader& steps) {
        for (std::size_t i = 0; i < classes.size(); ++i) {
            ModelObject object(classes[i], {elementName("classes", i), "", ""});
            RequestClass cls;
            cls.name = object.string("name");
            cls.origin = Origin{object.countOr("origin", 0)};
            ModelObject arrivals(object.required("arrivals"), object.at("arrivals"));
            readArrivals(arrivals, cls);
            cls.root = steps.read(object.required("root"), object.at("root"), fmt::format("/classes/{}/root", i));
            object.finish();
            m_model.classes.push_back(std::move(cls));
        }
    }

    void readArrivals(ModelObject& arrivals, RequestClass& cls) {
        const json* open = arrivals.find("open");
        const json* closed = arrivals.find("closed");
        arrivals.finish();
        if (!open == !closed) arrivals.at("open").refuse("arrivals have exactly one key, open or closed");
        if (open) {
            ModelObject object(*open, arrivals.at("open"));
            const double rate = object.number("rate_per_s");
            cls.arrivals = Open{{rate}, object.numberOr("scv", 1), object.numberOr("batch", 1)};
            object.finish();
        } else {
            ModelObject object(*closed, arrivals.at("closed"));
            const std::uint32_t users = object.count("users");
            cls.arrivals = Closed{users, law(object, "think")};
            object.finish();
        }
    }

    Distribution law(ModelObject& object, std::string_view key) {
        return readLaw(object.required(key), object.at(key), m_problems);
    }

    Model m_model;
    std::vector<Problem> m_problems;
};

} // namespace

std::expected<ReadModel, Error> readModel(const nlohmann::json& value) {
    try {
        ReadModel read = ModelReader().read(value);
        if (auto valid = validate(read.model); !valid) return std::unexpected(valid.error());
        return read;
    } catch (const ModelRefusal& refusal) {
        return std::unexpected(refusal.error);
    }
}

std::expected<ReadModel, Error> modelFromJson(std::string_view text) {
    const auto parsed = parseJson(text);
    if (!parsed) {
        const document::Error& error = parsed.error();
        const std::string at = error.component.empty() ? "" : error.component + ": ";
        return std::unexpected(Error{Error::Invalid, "", error.field, at + error.message});
    }
    return readModel(*parsed);
}

} // namespace plimsoll::exchange
