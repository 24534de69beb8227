// The law of a path as a product of terms with known transforms, and its survival function by numerical inversion.
#pragma once
#include "engine/distribution/distribution.h"

#include <optional>
#include <vector>

namespace plimsoll::flow {

struct PathLaw;

/// One independent part of a path.
struct PathTerm {
    enum Kind {
        Phases,       // a mixture of shifted gammas
        MmcResponse,  // response of an M/M/c station
        Pollaczek,    // wait of an M/G/1 station whose service mix is `phases`
        Alternatives, // one of `laws`, by their weights
        Power         // the sum of `number` copies of laws[0]
    } kind = Phases;
    std::vector<Phase> phases;
    double number = 0; // MmcResponse: chance to wait; Pollaczek: utilisation; Power: count
    double clearingRate = 0, servers = 1, load = 0, service = 0; // MmcResponse, per s and s; Pollaczek: mean service
    std::vector<PathLaw> laws;
};

/// With probability `weight`: a constant and independent terms.
struct PathLaw {
    double weight = 1;
    double constant = 0; // s
    std::vector<PathTerm> terms;
    /// Set where the sum of the terms is close enough to one gamma (theory/networks.md 6, step 5).
    std::optional<Phase> direct;
};

/// Adds a law given as phases: what all phases have in common goes into the constant.
void addPhases(PathLaw& law, std::vector<Phase> phases);

/// P(path > t).
double pathSurvival(const PathLaw& law, double t_s);

/// The mixture over branches.
double pathSurvival(const std::vector<PathLaw>& branches, double t_s);

} // namespace plimsoll::flow
