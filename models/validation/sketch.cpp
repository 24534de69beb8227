#include "models/validation/sketch.h"

namespace plimsoll::validation {

using namespace flow;

StepId Sketch::step(Body body) {
    model.steps.push_back({{}, std::move(body)});
    return StepId(model.steps.size() - 1);
}

FleetId Sketch::fleet(std::uint32_t instances) {
    Fleet fleet;
    fleet.members = {Member{.count = instances}};
    model.fleets.push_back(std::move(fleet));
    return FleetId(model.fleets.size() - 1);
}

StationId Sketch::station(std::uint32_t servers, Discipline discipline, FleetId fleet) {
    Station station;
    station.fleet = fleet;
    station.servers = servers;
    station.discipline = discipline;
    model.stations.push_back(station);
    return StationId(model.stations.size() - 1);
}

StepId Sketch::serve(StationId station, double utilisation, double scv, double visits, std::uint8_t priority) {
    const Station& at = model.stations[static_cast<std::size_t>(station)];
    double servers = 0;
    for (const Member& member : model.fleets[static_cast<std::size_t>(at.fleet)].members)
        servers += member.count * member.speed * at.servers.value_or(1);
    const Seconds mean{utilisation * servers / (kRate_per_s * visits)};
    return step(Serve{station, distribution::fromMeanScv(mean, scv), priority});
}

StepId Sketch::delay(double mean_s, double scv) {
    return step(Delay{distribution::fromMeanScv(Seconds{mean_s}, scv)});
}

PoolId Sketch::pool(std::uint32_t tokens, FleetId fleet) {
    Pool pool;
    pool.fleet = fleet;
    pool.tokens = tokens;
    model.pools.push_back(pool);
    return PoolId(model.pools.size() - 1);
}

StepId Sketch::call(FleetId target, StepId root, Policy policy) {
    Balancer balancer;
    balancer.policy = policy;
    balancer.backends = {Backend{.fleet = target}};
    if (policy == Policy::KeyHash || policy == Policy::KeyRange) {
        constexpr std::uint64_t kKeys = 10'000;
        KeySpace space;
        space.keys = kKeys;
        model.keySpaces.push_back(space);
        balancer.keySpace = KeySpaceId(model.keySpaces.size() - 1);
    }
    if (policy == Policy::LeastResponseTime || policy == Policy::ResourceBased) balancer.signalAge = Seconds{0.1};
    model.balancers.push_back(std::move(balancer));
    model.entries.push_back({{}, target, root});
    Call call;
    call.via = BalancerId(model.balancers.size() - 1);
    call.entries = {EntryId(model.entries.size() - 1)};
    return step(std::move(call));
}

void Sketch::open(StepId root, double rate_per_s, double scv, double batch) {
    model.classes.push_back({freeName(), {}, Open{perSecond(rate_per_s), scv, batch}, root});
}

void Sketch::closed(StepId root, std::uint32_t users, double think_s) {
    model.classes.push_back({freeName(), {}, Closed{users, distribution::exponential(Seconds{think_s})}, root});
}

} // namespace plimsoll::validation
