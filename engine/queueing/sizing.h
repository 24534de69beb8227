// How many servers for how much load (theory/stations.md 12).
#pragma once

namespace plimsoll::queueing {

/// P(more than `servers` busy) with unlimited servers: Poisson of the load, whatever the service law.
double busyBeyond(double servers, double load);

/// The smallest whole number of servers with at most this probability of more than that many busy (M/G/infinity), of
/// loss (Erlang B), of waiting (Erlang C). load >= 0; probability in (0, 1].
double serversForBusy(double load, double probability);
double serversForLoss(double load, double probability);
double serversForWait(double load, double probability);

} // namespace plimsoll::queueing
