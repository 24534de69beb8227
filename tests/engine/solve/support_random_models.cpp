#include "tests/engine/solve/random_models.h"

namespace plimsoll::tests {
namespace {

class Drawing {
public:
    Drawing(std::uint64_t seed, const Ingredients& ingredients) : m_engine(seed), m_ingredients(ingredients) {}

    Model draw() {
        const std::uint32_t layers = whole(1, 4);
        for (std::uint32_t i = 0; i < layers; ++i) m_model.fleets.push_back({{}, {{whole(1, 3), real(0.5, 2), 1}}, {}});
        if (m_ingredients.everything && chance(0.3)) m_model.fleets[1].members.push_back({1, real(0.5, 2), 1});
        // The deepest first, so that the others can call it.
        for (std::uint32_t layer = layers; layer >= 1; --layer) addLayer(FleetId(layer));
        const std::uint32_t classes = whole(1, 3);
        for (std::uint32_t c = 0; c < classes; ++c) addOne(c);
        return m_model;
    }

private:
    double real(double low, double high) { return std::uniform_real_distribution<>(low, high)(m_engine); }
    std::uint32_t whole(std::uint32_t low, std::uint32_t high) {
        return std::uniform_int_distribution<std::uint32_t>(low, high)(m_engine);
    }
    bool chance(double p) { return real(0, 1) < p; }
    bool also(double p) { return m_ingredients.everything && chance(p); }

    static constexpr double kRate_per_s = 30; // of all classes, about

    StepId serve(FleetId fleet) {
        Station station;
        station.fleet = fleet;
        station.servers = whole(1, 4);
        std::uint32_t instances = 0;
        for (const Member& member : m_model.fleets[std::size_t(fleet)].members) instances += member.count;
        if (also(0.4)) station.discipline = Discipline(whole(0, 3));
        if (also(0.15)) station.capacity = *station.servers + whole(0, 10);
        const double mean = real(0.05, m_ingredients.busiest) * *station.servers * instances / kRate_per_s / 3;
        Distribution demand = exponential(mean);
        if (also(0.5)) demand = distribution::fromMeanScv(Seconds{mean}, real(0, 4));
        m_model.stations.push_back(station);
        return addStep(m_model, Serve{StationId(m_model.stations.size() - 1), demand, std::uint8_t(whole(0, 1))});
    }
    StepId delay() {
        return addStep(m_model, Delay{distribution::fromMeanScv(Seconds{real(0.001, 0.05)}, real(0, 2))});
    }
    StepId call(FleetId fleet) {
        Balancer balancer;
        if (also(0.6)) balancer.policy = Policy(whole(0, 7));
        balancer.backends = {{fleet, 1}};
        m_model.balancers.push_back(balancer);
        Call call{BalancerId(m_model.balancers.size() - 1), {m_entry[std::size_t(fleet)]}, 1, {}};
        if (also(0.2)) call.count = real(0, 3);
        if (also(0.15)) call.fanOut = FanOut{whole(0, 2), 1, {}, Leftover(whole(0, 1))};
        return addStep(m_model, call);
    }
    StepId spawn(FleetId fleet) {
        Balancer balancer;
        balancer.backends = {{fleet, 1}};
        m_model.balancers.push_back(balancer);
        return addStep(m_model,
                       Spawn{BalancerId(m_model.balancers.size() - 1), {m_entry[std::size_t(fleet)]}, 1, chance(0.3)});
    }
    StepId lookup(StepId miss) {
        Cache cache;
        if (chance(0.5)) {
            cache.fixedHitRatio = Probability{real(0, 1)};
        } else {
            m_model.keySpaces.push_back({{}, whole(1, 10000), real(0, 1.2), {1}, 0});
            cache.keySpace = KeySpaceId(m_model.keySpaces.size() - 1);
            cache.capacity = Bytes{real(1, 3000)};
            if (chance(0.5)) cache.ttl = Seconds{real(0.1, 100)};
        }
        m_model.caches.push_back(cache);
        return addStep(m_model, Lookup{CacheId(m_model.caches.size() - 1), addStep(m_model, Sequence{}), miss});
    }
    StepId guarded(StepId body) {
        if (also(0.3)) {
            Timeout timeout;
            timeout.after = Seconds{real(0.05, 5)};
            timeout.body = body;
            timeout.leftover = Leftover(whole(0, 1));
            body = addStep(m_model, timeout);
        }
        if (also(0.3)) {
            Attempt attempt;
            attempt.body = body;
            attempt.maxAttempts = whole(1, 4);
            attempt.backoff = Seconds{real(0, 0.1)};
            if (chance(0.3)) attempt.budget = real(0, 0.5);
            if (chance(0.3)) attempt.fallback = delay();
            body = addStep(m_model, attempt);
        }
        return body;
    }
    StepId held(FleetId fleet, StepId body) {
        Pool pool;
        pool.fleet = fleet;
        pool.tokens = whole(1, 30);
        if (chance(0.3)) pool.queueLimit = whole(0, 20);
        if (chance(0.2)) pool.maxWait = Seconds{real(0.01, 1)};
        if (chance(0.15)) {
            pool.maxWait.reset();
            pool.queueLimit = 0;
            pool.onDemand = OnDemand{whole(0, std::min(2u, pool.tokens)),
                                     distribution::fromMeanScv(Seconds{real(0, 1)}, 0.5),
                                     Seconds{real(0, 60)},
                                     {},
                                     {}};
        }
        m_model.pools.push_back(pool);
        return addStep(m_model, Hold{PoolId(m_model.pools.size() - 1), body, std::uint8_t(whole(0, 1))});
    }
    void addLayer(FleetId fleet) {
        Sequence work{{serve(fleet)}};
        if (chance(0.3)) work.steps.push_back(delay());
        const auto deeper = std::uint32_t(m_model.fleets.size() - 1);
        if (std::uint32_t(fleet) < deeper) {
            const FleetId next{whole(std::uint32_t(fleet) + 1, deeper)};
            StepId below = guarded(call(next));
            if (also(0.2)) below = lookup(below);
            if (also(0.15))
                below = addStep(m_model, Parallel{{below, delay(), serve(fleet)}, whole(0, 3), Leftover(whole(0, 1))});
            work.steps.push_back(below);
            if (also(0.15)) work.steps.push_back(spawn(next));
        }
        if (also(0.2)) work.steps.push_back(addStep(m_model, Fail{{real(0, 0.2)}, Cause::Application}));
        if (also(0.1)) {
            m_model.limiters.push_back(
                {{}, fleet, {real(0.5, 2) * kRate_per_s}, double(whole(1, 20)), OverLimit(whole(0, 1))});
            work.steps.insert(work.steps.begin(), addStep(m_model, Limit{LimiterId(m_model.limiters.size() - 1)}));
        }
        StepId root = addStep(m_model, work);
        if (also(0.4)) root = held(fleet, root);
        m_entry.resize(m_model.fleets.size());
        m_model.entries.push_back({{}, fleet, root});
        m_entry[std::size_t(fleet)] = EntryId(m_model.entries.size() - 1);
    }
    void addOne(std::uint32_t c) {
        const StepId root = guarded(call(FleetId{1}));
        RequestClass cls;
        cls.name = "class" + std::to_string(c);
        cls.root = root;
        if (also(0.2))
            cls.arrivals = Closed{whole(0, 40), exponential(real(0.1, 3))};
        else
            cls.arrivals =
                Open{{real(1, kRate_per_s / 3)}, also(0.3) ? real(0.2, 4) : 1.0, also(0.2) ? real(1, 4) : 1.0};
        m_model.classes.push_back(cls);
    }

    std::mt19937_64 m_engine;
    Ingredients m_ingredients;
    Model m_model;
    std::vector<EntryId> m_entry; // by fleet
};

void scale(Distribution& law, double factor) {
    law = distribution::scaled(std::move(law), factor);
}

} // namespace

Model randomModel(std::uint64_t seed, const Ingredients& ingredients) {
    return Drawing(seed, ingredients).draw();
}

Model inOtherUnits(Model model, double factor) {
    for (Step& step : model.steps) {
        if (auto* serve = std::get_if<Serve>(&step.body)) scale(serve->demand, factor);
        if (auto* delay = std::get_if<Delay>(&step.body)) scale(delay->duration, factor);
        if (auto* timeout = std::get_if<Timeout>(&step.body)) timeout->after *= factor;
        if (auto* attempt = std::get_if<Attempt>(&step.body)) {
            attempt->backoff *= factor;
            attempt->backoffCap *= factor;
        }
    }
    for (Pool& pool : model.pools) {
        if (pool.maxWait) *pool.maxWait *= factor;
        if (!pool.onDemand) continue;
        scale(pool.onDemand->boot, factor);
        pool.onDemand->keepAlive *= factor;
    }
    for (Limiter& limiter : model.limiters) limiter.rate.value /= factor;
    for (Cache& cache : model.caches)
        if (cache.ttl) *cache.ttl *= factor;
    for (RequestClass& cls : model.classes) {
        if (auto* open = std::get_if<Open>(&cls.arrivals)) open->rate.value /= factor;
        if (auto* closed = std::get_if<Closed>(&cls.arrivals)) scale(closed->think, factor);
    }
    return model;
}

} // namespace plimsoll::tests
