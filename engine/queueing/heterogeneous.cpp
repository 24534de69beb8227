#include "engine/queueing/heterogeneous.h"

#include "engine/distribution/inversion.h"
#include "engine/queueing/busy_groups.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::queueing {
namespace {

double totalRate(std::span<const ServerGroup> groups) {
    double sum = 0;
    for (const ServerGroup& group : groups) sum += group.count * group.rate_per_s;
    return sum;
}

/// P(X + Y > t), X and Y exponential of these rates; their difference may be 0.
double sumSurvival(double first, double second, double t) {
    const double slow = std::min(first, second), y = std::abs(first - second) * t;
    const double phi = y == 0 ? 1 : -std::expm1(-y) / y;
    return std::exp(-slow * t) * (1 + slow * t * phi);
}

} // namespace

HeterogeneousFigures heterogeneousServers(double arrivalRate_per_s, std::span<const ServerGroup> groups,
                                          IdleChoice choice) {
    HeterogeneousFigures figures;
    const double capacity = totalRate(groups), rho = arrivalRate_per_s / capacity;
    figures.utilisation = rho;
    figures.steady = rho < 1;
    if (!figures.steady) return figures;
    const BusyGroups busy =
        choice == IdleChoice::Random ? randomIdle(arrivalRate_per_s, groups) : fastestIdle(arrivalRate_per_s, groups);
    figures.exact = busy.exact;
    const double idle = (capacity - arrivalRate_per_s) / capacity;
    const double clearing = 1 / (capacity - arrivalRate_per_s), waits = busy.allBusy;
    figures.wait = waitFrom(waits, {clearing, clearing * clearing, 2 * clearing * clearing * clearing}, busy.exact);
    figures.queueLength = waits * rho / idle;
    figures.numberInSystem = figures.queueLength;
    figures.responseMean_s = figures.wait.cumulants.mean;
    const bool nobody = !(arrivalRate_per_s > 0);
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const ServerGroup& group = groups[g];
        figures.groupUtilisation.push_back(busy.utilisation[g]);
        figures.numberInSystem += group.count * busy.utilisation[g];
        // What a group serves, less what it takes from the queue (P(somebody waits) = rho P(all busy)).
        const double atOnce = nobody ? busy.firstChoice[g]
                                     : std::max(0.0, group.count * group.rate_per_s *
                                                         (busy.utilisation[g] - rho * waits) / arrivalRate_per_s);
        figures.servedAtOnce.push_back(atOnce);
        figures.responseMean_s += atOnce / group.rate_per_s + waits * group.count / capacity;
    }
    return figures;
}

double heterogeneousSurvival(double arrivalRate_per_s, std::span<const ServerGroup> groups,
                             const HeterogeneousFigures& figures, double t_s) {
    const double capacity = totalRate(groups), clearing = capacity - arrivalRate_per_s;
    double sum = 0;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const double rate = groups[g].rate_per_s;
        // The server that becomes free is one of the group in proportion to its rate, whenever that is.
        const double fromQueue = figures.wait.probability * groups[g].count * rate / capacity;
        sum += figures.servedAtOnce[g] * std::exp(-rate * t_s) + fromQueue * sumSurvival(clearing, rate, t_s);
    }
    return std::min(1.0, sum);
}

Seconds heterogeneousQuantile(double arrivalRate_per_s, std::span<const ServerGroup> groups,
                              const HeterogeneousFigures& figures, double level) {
    return Seconds{distribution::quantileOfSurvival(
        [&](double t) { return heterogeneousSurvival(arrivalRate_per_s, groups, figures, t); }, level,
        figures.responseMean_s)};
}

} // namespace plimsoll::queueing
