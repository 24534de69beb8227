// The law of a path as a product of terms with known transforms, and its survival function by numerical inversion.
#pragma once
#include "engine/distribution/distribution.h"
#include "engine/queueing/wait.h"
#include "engine/solve/survival_table.h"

#include <memory>
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
        Power,        // the sum of `number` copies of laws[0]
        Cut,          // the mixture `laws`, given that it is at most `number` s
        Given,        // a wait: 0 with probability 1 - `number`, else of transform `given`
        Slowest       // the `need`-th of `count` independent `branches` to end, or of copies of the only one
    } kind = Phases;
    std::vector<Phase> phases;
    double number = 0; // MmcResponse: chance to wait; Pollaczek: utilisation; Power: count
    double clearingRate = 0, servers = 1, load = 0, service = 0; // MmcResponse, per s and s; Pollaczek: mean service
    std::vector<PathLaw> laws;
    double late = 0;  // Cut: P(laws > number)
    double shift = 0; // Cut, Slowest: s that went into the path's constant
    double scale = 0; // Cut, Slowest: about the mean beyond the shift, s
    std::uint32_t count = 0, need = 1;
    double together = 0; // Slowest: weight of branches that all take as long
    double stagger = 0;  // Slowest: s from the start of one copy to that of the next
    std::vector<std::vector<PathLaw>> branches;
    std::vector<double> chances; // by branch: that it succeeds at all; the term is given that `need` do
    std::shared_ptr<const queueing::WaitTransform> given;
    std::shared_ptr<const SurvivalTable> table; // of Cut and Slowest within a sum
};

/// With probability `weight`: a constant and independent terms.
struct PathLaw {
    double weight = 1;
    double constant = 0; // s
    std::vector<PathTerm> terms;
    double excess = 0; // variance of the terms beyond that of independent nodes, s^2
    /// Set where the sum of the terms is close enough to one gamma (theory/networks.md 6, step 5).
    std::optional<Phase> direct;
    /// Set where the law is asked for at many points: the survival of the terms, looked up.
    std::shared_ptr<const SurvivalCurve> curve;
};

/// Sets the curve of every law that would be inverted for each point; `mean_s` of the mixture.
void tabulate(std::vector<PathLaw>& laws, double mean_s);

/// Adds a law given as phases: what all phases have in common goes into the constant.
void addPhases(PathLaw& law, std::vector<Phase> phases);

/// P(term > t) of Cut and Slowest, exact for independent branches.
double composedSurvival(const PathTerm& term, double t_s);

/// P(path > t).
double pathSurvival(const PathLaw& law, double t_s);

/// The mixture over branches.
double pathSurvival(const std::vector<PathLaw>& branches, double t_s);

} // namespace plimsoll::flow
