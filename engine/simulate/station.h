// Stations: first come first served, processor sharing, priorities, contention, finite places, pure delays.
#pragma once
#include "engine/simulate/fifo.h"
#include "engine/simulate/kernel.h"
#include "engine/simulate/resource_tally.h"

#include <vector>

namespace plimsoll::simulate {

enum class StationKind : std::uint8_t {
    Fcfs,   ///< each server works at full speed; also priorities without preemption
    Shared, ///< those in service share a speed that depends on their number: PS, contention, preemption
    Delay   ///< a server for everyone
};

/// How the stations of one StationId work.
struct StationPlan {
    StationKind kind = StationKind::Fcfs;
    bool preemptive = false;
    std::uint32_t servers = 1;
    std::uint32_t places = kNone; ///< waiting and in service; kNone: unlimited
    std::uint32_t inService = 1;  ///< at most so many at a time share the servers; kNone: all present
    std::uint32_t ranks = 1;      ///< priorities in use
    bool contended = false; ///< sigma or kappa is above 0
    double sigma = 0, kappa = 0;
    double capacity = 1; ///< seconds of demand that it can do a second, at speed 1
};

/// One instance of a station.
struct Station {
    const StationPlan* plan = nullptr;
    double speed = 1;
    std::uint32_t busy = 0; ///< jobs in service
    PriorityFifo queue;
    ResourceTally tally;
    // Shared: jobs by the virtual time at which each will be done; virtual time passes at the speed of one job.
    struct Job {
        double finish;
        Strand* strand;
    };
    double virtualNow = 0, changed = 0;
    double rate = 0;       ///< virtual seconds a second, now
    std::vector<Job> jobs; ///< a heap, the first to finish on top
    double armedTime = 0;
    std::uint32_t ticket = kNoTicket;
    bool armed = false; ///< an event is on its way
    bool exact = false; ///< at that event the top job is done

    std::uint32_t waiting() const {
        if (plan->kind == StationKind::Shared && busy > plan->servers) return busy - plan->servers + queue.size();
        return queue.size();
    }
    std::uint32_t busyServers() const { return busy < plan->servers ? busy : plan->servers; }
    double busyEver() const { return tally.busyBefore + tally.busyTime; }
    void integrate(double now) { tally.integrate(now, busyServers(), waiting()); }
};

/// All instances of all stations. Who is served or refused is woken through the kernel.
class Stations {
public:
    explicit Stations(Kernel& kernel) : m_kernel(kernel) {}

    std::uint32_t add(const StationPlan& plan, double speed);
    Station& operator[](std::uint32_t number) { return m_stations[number]; }
    std::vector<Station>& all() { return m_stations; }
    const std::vector<Station>& all() const { return m_stations; }

    /// `strand` asks for `demand` seconds of a server at speed 1. false: no place is left. Otherwise it waits until it
    /// is woken or its service ends.
    bool arrive(std::uint32_t number, Strand& strand, double demand, std::uint8_t rank);
    /// A service of a station that is not shared has ended: its server takes the next.
    void finish(Strand& strand);
    /// An event of a shared station; the strand that is done, if one is.
    Strand* sharedDue(std::uint32_t number, std::uint32_t ticket);
    /// `strand` leaves, from the queue or from service.
    void leave(Strand& strand);

private:
    void start(Station& station, Strand& strand, double demand);
    void startNext(Station& station);
    bool arriveShared(std::uint32_t number, Station& station, Strand& strand);
    void addJob(Station& station, Strand& strand);
    Strand& takeJob(Station& station, std::size_t place);
    void moveOn(Station& station);
    static double rateOf(const Station& station);
    void schedule(std::uint32_t number, Station& station);
    void refill(Station& station);
    std::size_t lowestJob(const Station& station) const;

    Kernel& m_kernel;
    std::vector<Station> m_stations;
};

} // namespace plimsoll::simulate
