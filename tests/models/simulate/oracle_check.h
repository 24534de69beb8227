// Cases of tests/data/simulate/models.json against the simulator.
#pragma once
#include "engine/simulate/simulate.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace plimsoll::tests {

/// A 95 % interval of a normal figure times this is its 99 % one.
inline constexpr double kWidening = 2.576 / 1.960;

struct OracleCase {
    std::string id;
    bool exact = false; ///< the expected figures are exact; otherwise they were simulated
    flow::Model model;
    flow::SolveOptions options;
    nlohmann::json expected;
};

/// All cases; throws where the file cannot be read, which fails the test.
std::vector<OracleCase> oracleCases();

/// A number of the answer beside the expected one.
struct Figure {
    std::string path;
    double expected = 0, actual = 0;
    bool hasInterval = false, inside = false; ///< its 95 % interval, widened to one of 99 %
    double precision = 0;                     ///< half of the interval as a share of the figure

    bool isNear(double relative) const;
    std::string text() const;
};
/// What a run said about the figures of a case.
struct Verdict {
    std::vector<Figure> figures;
    std::vector<std::string> misses; ///< what is not there, and words that differ
};
Verdict judge(const OracleCase& oracle, const flow::Solution& solution);

} // namespace plimsoll::tests
