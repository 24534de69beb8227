// The canonical form of the engine's model: what stands at its default is left out.
#include "models/exchange/canonical_json.h"
#include "models/exchange/json_text.h"
#include "models/exchange/model_json.h"
#include "models/exchange/model_words.h"
#include "models/exchange/step_writer.h"

#include <nlohmann/json.hpp>

namespace plimsoll::exchange {
namespace {

using namespace flow;
using nlohmann::ordered_json;
namespace words = model_words;

template <class Id> std::uint32_t number(Id id) {
    return static_cast<std::uint32_t>(id);
}

/// One struct: writes the keys whose values differ from the default.
class Struct {
public:
    template <class T> Struct& put(const char* key, const T& value) {
        m_json[key] = value;
        return *this;
    }
    Struct& put(const char* key, double value) {
        m_json[key] = jsonNumber(value);
        return *this;
    }
    template <class T> Struct& differs(const char* key, const T& value, const T& standard) {
        return value == standard ? *this : put(key, value);
    }
    template <class T> Struct& optional(const char* key, const std::optional<T>& value) {
        return value ? put(key, *value) : *this;
    }
    template <std::size_t N, class E>
    Struct& word(const char* key, E value, const std::array<std::string_view, N>& all, E standard) {
        return value == standard ? *this : put(key, all[std::size_t(value)]);
    }
    template <class T> Struct& origin(const T& value) { return differs("origin", number(value.origin), 0U); }
    ordered_json take() { return m_json.is_null() ? ordered_json::object() : std::move(m_json); }

private:
    ordered_json m_json;
};

ordered_json write(const Fleet& fleet) {
    Struct out;
    out.origin(fleet);
    if (fleet.members != Fleet{}.members) {
        ordered_json members = ordered_json::array();
        for (const Member& member : fleet.members)
            members.push_back(Struct()
                                  .differs("count", member.count, 1U)
                                  .differs("speed", member.speed, 1.0)
                                  .differs("weight", member.weight, 1.0)
                                  .take());
        out.put("members", members);
    }
    if (fleet.failures)
        out.put("failures", Struct()
                                .put("mean_time_between_s", fleet.failures->meanTimeBetween.count())
                                .put("repair", writeLaw(fleet.failures->repair))
                                .word("looks", fleet.failures->looks, words::kDownAs, DownAs::RefusesAtOnce)
                                .take());
    return out.take();
}

ordered_json write(const Station& station) {
    Struct out;
    out.origin(station).differs("fleet", number(station.fleet), 0U);
    if (!station.servers)
        out.put("servers", ordered_json());
    else
        out.differs("servers", *station.servers, 1U);
    out.word("discipline", station.discipline, words::kDiscipline, Discipline::Fcfs)
        .optional("capacity", station.capacity);
    if (station.contention != Contention{})
        out.put("contention", Struct()
                                  .differs("sigma", station.contention.sigma, 0.0)
                                  .differs("kappa", station.contention.kappa, 0.0)
                                  .take());
    return out.take();
}

ordered_json write(const OnDemand& onDemand) {
    Struct out;
    out.differs("provisioned", onDemand.provisioned, 0U)
        .put("boot", writeLaw(onDemand.boot))
        .put("keep_alive_s", onDemand.keepAlive.count());
    if (onDemand.bootLimit)
        out.put("boot_limit", Struct()
                                  .put("rate_per_s", onDemand.bootLimit->rate.value)
                                  .differs("burst", onDemand.bootLimit->burst, 1.0)
                                  .take());
    if (onDemand.attaches) out.put("attaches", number(*onDemand.attaches));
    return out.take();
}

ordered_json write(const Pool& pool) {
    Struct out;
    out.origin(pool)
        .differs("fleet", number(pool.fleet), 0U)
        .differs("tokens", pool.tokens, 1U)
        .optional("queue_limit", pool.queueLimit);
    if (pool.maxWait) out.put("max_wait_s", pool.maxWait->count());
    if (pool.onDemand) out.put("on_demand", write(*pool.onDemand));
    return out.take();
}

ordered_json write(const Limiter& limiter) {
    return Struct()
        .origin(limiter)
        .differs("fleet", number(limiter.fleet), 0U)
        .put("rate_per_s", limiter.rate.value)
        .differs("burst", limiter.burst, 1.0)
        .word("over", limiter.over, words::kOverLimit, OverLimit::Reject)
        .take();
}

ordered_json write(const KeySpace& space) {
    return Struct()
        .origin(space)
        .differs("keys", space.keys, std::uint64_t{1})
        .differs("zipf", space.zipf, 0.0)
        .differs("mean_size_bytes", space.meanSize.value, 1.0)
        .differs("size_scv", space.sizeScv, 0.0)
        .take();
}

ordered_json write(const Cache& cache) {
    Struct out;
    out.origin(cache).differs("fleet", number(cache.fleet), 0U);
    if (cache.keySpace) out.put("key_space", number(*cache.keySpace));
    if (!cache.fixedHitRatio || cache.capacity.value != 0) out.put("capacity_bytes", cache.capacity.value);
    out.word("eviction", cache.eviction, words::kEviction, Eviction::Lru);
    if (cache.ttl) out.put("ttl_s", cache.ttl->count());
    out.differs("coalesce", cache.coalesce, false);
    if (cache.fixedHitRatio) out.put("fixed_hit_ratio", cache.fixedHitRatio->value);
    return out.take();
}

ordered_json write(const Balancer& balancer) {
    Struct out;
    out.origin(balancer)
        .differs("fleet", number(balancer.fleet), 0U)
        .word("policy", balancer.policy, words::kPolicy, Policy::Random);
    ordered_json backends = ordered_json::array();
    for (const Backend& backend : balancer.backends)
        backends.push_back(Struct().put("fleet", number(backend.fleet)).differs("weight", backend.weight, 1.0).take());
    out.put("backends", backends);
    if (balancer.keySpace) out.put("key_space", number(*balancer.keySpace));
    if (balancer.health) {
        const HealthCheck &health = *balancer.health, standard;
        out.put("health", Struct()
                              .differs("interval_s", health.interval.count(), standard.interval.count())
                              .differs("timeout_s", health.timeout.count(), standard.timeout.count())
                              .differs("fall", health.fall, standard.fall)
                              .differs("rise", health.rise, standard.rise)
                              .take());
    }
    return out.differs("signal_age_s", balancer.signalAge.count(), 0.0)
        .differs("slow_start_s", balancer.slowStart.count(), 0.0)
        .take();
}

ordered_json write(const Entry& entry) {
    return Struct().origin(entry).differs("fleet", number(entry.fleet), 0U).put("root", number(entry.root)).take();
}

ordered_json write(const Step& step) {
    ordered_json out = writeBody(step.body);
    if (step.origin != Origin::None) out["origin"] = number(step.origin);
    return out;
}

ordered_json write(const RequestClass& cls) {
    ordered_json arrivals;
    if (const auto* open = std::get_if<Open>(&cls.arrivals))
        arrivals["open"] = Struct()
                               .put("rate_per_s", open->rate.value)
                               .differs("scv", open->scv, 1.0)
                               .differs("batch", open->batch, 1.0)
                               .take();
    else
        arrivals["closed"] = Struct()
                                 .put("users", std::get<Closed>(cls.arrivals).users)
                                 .put("think", writeLaw(std::get<Closed>(cls.arrivals).think))
                                 .take();
    return Struct().put("name", cls.name).origin(cls).put("arrivals", arrivals).put("root", number(cls.root)).take();
}

template <class T> void writeAll(const char* key, const std::vector<T>& values, ordered_json& out) {
    if (values.empty()) return;
    ordered_json array = ordered_json::array();
    for (const T& value : values) array.push_back(write(value));
    out[key] = std::move(array);
}

} // namespace

std::string modelToJson(const Model& model) {
    ordered_json out = ordered_json::object();
    if (model.fleets != Model{}.fleets) writeAll("fleets", model.fleets, out);
    writeAll("stations", model.stations, out);
    writeAll("pools", model.pools, out);
    writeAll("limiters", model.limiters, out);
    writeAll("key_spaces", model.keySpaces, out);
    writeAll("caches", model.caches, out);
    writeAll("balancers", model.balancers, out);
    writeAll("entries", model.entries, out);
    writeAll("steps", model.steps, out);
    writeAll("classes", model.classes, out);
    return canonicalText(out);
}

} // namespace plimsoll::exchange
