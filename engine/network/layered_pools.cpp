#include "engine/network/layered_pools.h"

#include "engine/network/convolution.h"
#include "engine/queueing/erlang.h"

namespace plimsoll::network {
namespace {

/// Mean and variance of the hold of a connection without queues, then of a thread.
struct Uncontended {
    double mean_s = 0, variance_s2 = 0;
    double scv() const { return mean_s > 0 ? variance_s2 / (mean_s * mean_s) : 0; }
};

} // namespace

LayeredFigures layeredPools(const LayeredPools& s) {
    ConvolutionScratch scratch;
    std::vector<double> connectionRates(std::size_t(s.connections), 0.0), threadRates(std::size_t(s.threads), 0.0);
    const bool calls = s.callProbability > 0 && s.databaseService_s + s.databaseDelay_s > 0;
    ClosedStation stations[2];
    stations[0] = {s.databaseService_s, s.databaseCores};
    if (calls) closedThroughput({std::span(stations).first(1), s.databaseDelay_s}, connectionRates, scratch);
    stations[0] = {s.appService_s, s.appCores};
    stations[1] = {.rates_per_s = connectionRates, .visits = s.callProbability};
    closedThroughput({std::span(stations).first(calls ? 2 : 1), 0}, threadRates, scratch);

    LayeredFigures figures;
    figures.threads =
        poolQueue({.arrivalRate_per_s = s.arrivalRate_per_s, .rates_per_s = threadRates, .tokens = s.threads});
    if (!figures.threads.steady) return figures;
    const double q = s.callProbability, d = s.databaseService_s, io = s.databaseDelay_s;
    const Uncontended connection{d + io, d * d + io * io};
    const Uncontended thread{s.appService_s + q * connection.mean_s,
                             s.appService_s * s.appService_s + q * connection.variance_s2 +
                                 q * (1 - q) * connection.mean_s * connection.mean_s};
    const double wait = figures.threads.wait.cumulants.mean, response = wait + figures.threads.hold_s;
    figures.threadWait_s = waitForHold(wait, thread.scv());
    const double rate = q * s.arrivalRate_per_s, load = rate * d;
    InnerPool inner{q, s.arrivalRate_per_s, s.connections, connection.mean_s, connection.scv(), response};
    if (load < s.databaseCores) inner.hold_s += queueing::erlangC(s.databaseCores, load) * d / (s.databaseCores - load);
    figures.response_s = figures.threadWait_s + figures.threads.hold_s + (calls ? innerHoldCorrection(inner) : 0);
    return figures;
}

} // namespace plimsoll::network
