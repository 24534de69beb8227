// Processor sharing by c cores, a request on one core at most (theory/stations.md 5).
#pragma once
#include "engine/queueing/mgc.h"

#include <vector>

namespace plimsoll::queueing {

/// The station as a tagged request meets it.
struct PsStation {
    double servers = 1;
    double load = 0;            // erlangs, < servers
    double serviceMean_s = 0;   // over the mix of all classes
    double serviceScv = 1;      // of the mix
    double waitProbability = 0; // Erlang C of the load
    /// P(an arrival finds k there), k = 0, 1 ..., where arrivals depend on that, as behind a balancer that counts
    /// connections; empty: Poisson arrivals. The stretch then follows from it, and `waitProbability` is not looked at.
    std::vector<double> seen = {};
    flow::Contention contention = {}; // slows all that are present; needs `seen`
};

/// Service rate of one request with this many others, over that of one alone.
double psShare(const PsStation& station, double others);

/// Exponentials in the Gauss rule of a response alone: quantiles within 1e-4 of the exact tridiagonal system
/// (measured); and as one term of a sum, whose other terms smooth it.
inline constexpr int kPsNodes = 12, kPsNodesInSum = 7;

/// Mean stretch: response over service, the same for every request. Exact for Poisson arrivals (insensitive; Kelly
/// 1979, Cohen 1979); with `seen` exact for exponential service, and near it otherwise (Gupta et al. 2007).
double psStretch(const PsStation& station);

/// Cumulants of the response of a request with this demand. The mean is exact; variance and third moment are exact for
/// exponential demands of one mean, otherwise those of psResponseLaw's model.
distribution::Cumulants psResponseCumulants(const PsStation& station, const flow::Distribution& demand);

/// The law of the response as a mixture of shifted gammas.
/// - An exponential phase: the tagged request's Markov chain is reversible and its response a mixture of exponentials;
///   the Gauss rule of that mixture by Lanczos steps (exact in its first 2 x nodes - 1 moments). The other requests
///   are exponential with the mix's mean and slowed to its scv.
/// - Phases that vary much, in laws of few phases: the size times a stretch by a Gauss rule.
/// - Other phases: a shifted gamma with the first three cumulants of "size x, then a gamma delay of mean (K - 1) x".
flow::Distribution psResponseLaw(const PsStation& station, const flow::Distribution& demand, int nodes = kPsNodes);

/// Response less service, over the mix: exact mean, the variance of the same model, no atom at 0.
Wait psLoss(const PsStation& station);

} // namespace plimsoll::queueing
