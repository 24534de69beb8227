// Attempts that are repeated when they fail (theory/networks.md 7).
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

namespace plimsoll::network {

/// Attempts fail independently of each other and of the load.
struct Retries {
    double failureProbability = 0;
    std::optional<double> maxAttempts; // whole, >= 1; none: until it succeeds
};
struct RetryFigures {
    double attempts = 1;          // per request
    double errorShare = 0;        // requests whose last attempt fails too
    double attemptsOfSuccess = 1; // mean over the requests that succeed; as if it were the last one where none does
};
/// Geometric, cut off at the most attempts; none where it never ends (no limit, certain failure).
std::optional<RetryFigures> retries(const Retries& policy);

/// A finite queue whose clients time out and ask again, the server still working for those that have gone.
struct RetryStation {
    double servers = 1, serviceMean_s = 0;
    double capacity = 1; // in service and waiting, >= servers
    double freshRate_per_s = 0, timeout_s = 0;
    double maxRetries = 0; // whole
};
/// A rate of attempts that keeps itself up.
struct FixedPoint {
    double attemptRate_per_s = 0;
    double attemptFailure = 0; // share of attempts refused or too late
    double requestFailure = 0; // share of requests whose every attempt fails
    bool stable = true;        // false: the tipping point between two stable ones
};
/// All rates with L = fresh (1 + p + ... + p^r), p(L) exact for M/M/c/K and attempts taken as Poisson, lowest first:
/// one, or three where a bad state keeps itself up (Bronson et al. 2021). By the sign changes over 400 rates: two fixed
/// points closer than that are taken for none. None at all: too many queue lengths (above 200,000) at which an
/// attempt may be late or not. All inputs positive but maxRetries.
std::optional<std::vector<FixedPoint>> retryFixedPoints(const RetryStation& station);

} // namespace plimsoll::network
