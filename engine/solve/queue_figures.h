// One queue of a station's cell (one priority) at the flow that reaches it.
#pragma once
#include "engine/queueing/ps.h"
#include "engine/solve/solution.h"
#include "engine/solve/traffic.h"

#include <memory>

namespace plimsoll::flow {

/// Means, law and unknowns of one queue of one instance.
struct QueueFigures {
    enum Law {
        NoWait,    // the response is the demand
        Mmc,       // exactly M/M/c
        Pollaczek, // exactly M/G/1
        Waits,     // `phases`, then the demand, stretched where it is interrupted
        Given,     // `transform`, then the demand
        Sharing    // processor sharing, as at `sharing`
    } law = NoWait;
    bool steady = true;
    double blocked = 0;                // of what arrives: QueueFull
    double carried = 1;                // of what arrives; below 1 the queue grows
    double wait = 0;                   // mean, s, of those served
    double stretch = 1;                // mean response = wait + stretch x demand
    double mustWait = 0;               // chance to wait
    double clearing = 0;               // Mmc: rate of the wait of those that wait, per s
    double alone = 0;                  // mean time lost with Poisson arrivals and no holds, s over the mix
    std::optional<double> waiting;     // mean number, where classes wait differently long
    double busy = 0;                   // servers, by this queue
    std::vector<Phase> phases;         // Waits: the wait, with an atom at 0
    distribution::Cumulants cumulants; // of the wait
    queueing::PsStation sharing;
    std::shared_ptr<const queueing::WaitTransform> transform; // Given
    Method method;

    /// Mean time lost by a visit of this mean demand.
    double lost(double demand_s) const { return wait + (stretch - 1) * demand_s; }
};

/// What a station is at one cell.
struct StationCell {
    const Station* station = nullptr;
    const Cell* cell = nullptr;
    std::span<const Queue> queues; // of this cell
    Arrivals arrivals = {};
};

/// Fills the figures of all queues of a cell, in the order of the graph; the traffic is that offered. `laws` by queue:
/// the mix of service laws, where it is needed (priorities).
void computeQueues(const StationCell& at, const Traffic& traffic, std::uint32_t index, std::uint32_t firstQueue,
                   std::span<const Distribution> laws, std::span<QueueFigures> figures);

/// Requests a second that a station with contention ends with 1, 2 ... `most` in service (Gunther 2007; with processor
/// sharing all present are).
std::vector<double> slowingRates(const Station& station, double most, double serviceMean_s);

/// Stretches the waits of a queue by `factor` (its mean and law; the chance to wait stays).
void scaleWait(QueueFigures& figures, double factor);

} // namespace plimsoll::flow
