// Requests that give up while they wait (theory/stations.md 8): M/M/c with exponential patience (Palm 1957; Garnett,
// Mandelbaum and Reiman 2002) and with one patience for all (Baccelli and Hebuterne 1981; Zeltyn and Mandelbaum 2005).
// Both have a steady state at any load.
#pragma once
#include "engine/queueing/wait.h"

namespace plimsoll::queueing {

struct ImpatientStation {
    double servers = 1;
    double load = 0;          // offered erlangs, any size
    double serviceMean_s = 0; // > 0, exponential
    double patience_s = 0;    // mean, > 0; runs in the queue only
};

struct ImpatientFigures {
    double waitProbability = 0;    // not served at once: served later, or gives up
    double abandonProbability = 0; // share of all arrivals
    double carriedLoad = 0;        // erlangs
    double waitMeanAll_s = 0;      // over served and lost together
    double queueLength = 0;
    Wait served; // the wait of those that are served; exact
};

/// M/M/c+M. Within 1e-10 of the chain for up to 1000 servers.
ImpatientFigures exponentialPatience(const ImpatientStation& station);
/// M/M/c+D.
ImpatientFigures constantPatience(const ImpatientStation& station);

/// P(wait > t) of those that are served.
double exponentialPatienceSurvival(const ImpatientStation& station, const ImpatientFigures& figures, double t_s);
double constantPatienceSurvival(const ImpatientStation& station, const ImpatientFigures& figures, double t_s);

} // namespace plimsoll::queueing
