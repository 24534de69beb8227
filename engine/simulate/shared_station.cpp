// Stations whose jobs share a speed: with n in service each gets min(n, servers) / n of a server, less the contention
// of the Universal Scalability Law. In virtual time, which passes at that speed, every job is done at a fixed moment.
#include "engine/simulate/station.h"

#include <cmath>

namespace plimsoll::simulate {

namespace {

constexpr auto kLater = [](const Station::Job& a, const Station::Job& b) { return a.finish > b.finish; };

} // namespace

void Stations::moveOn(Station& station) {
    station.virtualNow += station.rate * (m_kernel.now - station.changed);
    station.changed = m_kernel.now;
}

double Stations::rateOf(const Station& station) {
    const StationPlan& plan = *station.plan;
    const double n = double(station.busy);
    const double rate = station.busy <= plan.servers ? 1 : double(plan.servers) / n;
    return plan.contended ? rate / (1 + plan.sigma * (n - 1) + plan.kappa * n * (n - 1)) : rate;
}

void Stations::addJob(Station& station, Strand& strand) {
    strand.waits = Waits::Service;
    ++station.busy;
    station.jobs.push_back({station.virtualNow + strand.work, &strand});
    std::push_heap(station.jobs.begin(), station.jobs.end(), kLater);
}

Strand& Stations::takeJob(Station& station, std::size_t place) {
    Strand& strand = *station.jobs[place].strand;
    strand.work = std::max(0.0, station.jobs[place].finish - station.virtualNow);
    if (place == 0) {
        std::pop_heap(station.jobs.begin(), station.jobs.end(), kLater);
        station.jobs.pop_back();
    } else {
        station.jobs[place] = station.jobs.back();
        station.jobs.pop_back();
        std::make_heap(station.jobs.begin(), station.jobs.end(), kLater);
    }
    if (--station.busy == 0) station.virtualNow = 0;
    return strand;
}

/// The job that gives way: of the lowest priority in service the one that came last.
std::size_t Stations::lowestJob(const Station& station) const {
    std::size_t lowest = 0;
    for (std::size_t i = 1; i < station.jobs.size(); ++i) {
        const Strand &candidate = *station.jobs[i].strand, &best = *station.jobs[lowest].strand;
        if (candidate.rank > best.rank || (candidate.rank == best.rank && candidate.since > best.since)) lowest = i;
    }
    return lowest;
}

bool Stations::arriveShared(std::uint32_t number, Station& station, Strand& strand) {
    const StationPlan& plan = *station.plan;
    moveOn(station);
    station.integrate(m_kernel.now);
    strand.demand = strand.work;
    if (station.busy >= plan.inService && plan.preemptive) {
        const std::size_t place = lowestJob(station);
        if (station.jobs[place].strand->rank > strand.rank) {
            Strand& away = takeJob(station, place);
            away.waits = Waits::Queue;
            station.queue.pushFront(away);
            station.exact = false;
        }
    }
    if (station.busy < plan.inService) {
        addJob(station, strand);
        schedule(number, station);
    } else {
        strand.waits = Waits::Queue;
        station.queue.pushBack(strand);
    }
    return true;
}

void Stations::refill(Station& station) {
    while (!station.queue.empty() && station.busy < station.plan->inService) addJob(station, station.queue.popFront());
}

/// After every change of who is in service: how fast it goes from now on, and when the next job will be done.
void Stations::schedule(std::uint32_t number, Station& station) {
    if (station.jobs.empty()) {
        station.rate = 0;
        station.armed = false;
        station.ticket = kNoTicket;
        return;
    }
    station.rate = rateOf(station);
    const double left = std::max(0.0, station.jobs.front().finish - station.virtualNow);
    const double time = m_kernel.now + (station.rate == 1 ? left : left / station.rate);
    // An event that comes too early finds nothing done and sets the next one: cheaper than taking it back.
    station.exact = station.armed && station.armedTime == time;
    if (station.armed && station.armedTime <= time) return;
    station.ticket = m_kernel.events.push(time, Rank::ServiceEnd, EventKind::SharedStation, number);
    station.armed = station.exact = true;
    station.armedTime = time;
}

Strand* Stations::sharedDue(std::uint32_t number, std::uint32_t ticket) {
    Station& station = m_stations[number];
    if (!station.armed || station.ticket != ticket) return nullptr;
    station.armed = false;
    if (station.jobs.empty()) return nullptr;
    moveOn(station);
    const bool done = station.exact ||
                      m_kernel.now + (station.jobs.front().finish - station.virtualNow) / station.rate <= m_kernel.now;
    if (!done) {
        schedule(number, station);
        return nullptr;
    }
    station.integrate(m_kernel.now);
    station.virtualNow = std::max(station.virtualNow, station.jobs.front().finish);
    Strand& strand = takeJob(station, 0);
    ++station.tally.served;
    station.tally.addWait(std::max(0.0, m_kernel.now - strand.since - strand.demand));
    refill(station);
    schedule(number, station);
    return &strand;
}

} // namespace plimsoll::simulate
