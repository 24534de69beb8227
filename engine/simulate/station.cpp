#include "engine/simulate/station.h"

namespace plimsoll::simulate {

std::uint32_t Stations::add(const StationPlan& plan, double speed) {
    Station& station = m_stations.emplace_back();
    station.plan = &plan;
    station.speed = speed;
    station.queue.setRanks(plan.ranks);
    return std::uint32_t(m_stations.size() - 1);
}

bool Stations::arrive(std::uint32_t number, Strand& strand, double demand, std::uint8_t rank) {
    Station& station = m_stations[number];
    const StationPlan& plan = *station.plan;
    ++station.tally.offered;
    if (station.speed != 1) demand /= station.speed;
    station.tally.work += demand;
    if (plan.places != kNone && station.busy + station.queue.size() >= plan.places) return false;
    strand.where = number;
    strand.since = m_kernel.now;
    strand.rank = rank;
    strand.work = demand;
    if (plan.kind == StationKind::Shared) return arriveShared(number, station, strand);
    station.tally.integrate(m_kernel.now, station.busy, station.queue.size());
    if (station.busy < plan.servers) {
        start(station, strand, demand);
    } else {
        strand.waits = Waits::Queue;
        station.queue.pushBack(strand);
    }
    return true;
}

void Stations::start(Station& station, Strand& strand, double demand) {
    ++station.busy;
    ++station.tally.served;
    station.tally.addWait(m_kernel.now - strand.since);
    strand.waits = Waits::Service;
    strand.ticket = m_kernel.events.push(m_kernel.now + demand, Rank::ServiceEnd, EventKind::Strand, strand.id);
}

void Stations::startNext(Station& station) {
    if (station.queue.empty()) return;
    Strand& next = station.queue.popFront();
    start(station, next, next.work);
}

void Stations::finish(Strand& strand) {
    Station& station = m_stations[strand.where];
    station.tally.integrate(m_kernel.now, station.busy, station.queue.size());
    --station.busy;
    startNext(station);
}

void Stations::leave(Strand& strand) {
    const std::uint32_t number = strand.where;
    Station& station = m_stations[number];
    if (station.plan->kind == StationKind::Shared) moveOn(station);
    station.integrate(m_kernel.now);
    if (strand.waits == Waits::Queue) {
        station.queue.remove(strand);
        return;
    }
    strand.ticket = kNoTicket;
    if (station.plan->kind != StationKind::Shared) {
        --station.busy;
        startNext(station);
        return;
    }
    for (std::size_t i = 0; i < station.jobs.size(); ++i) {
        if (station.jobs[i].strand != &strand) continue;
        takeJob(station, i);
        break;
    }
    refill(station);
    schedule(number, station);
}

} // namespace plimsoll::simulate
