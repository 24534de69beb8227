// Cases of tests/data/simulate/models.json against the simulator.
#pragma once
#include "engine/simulate/simulate.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace plimsoll::tests {

struct OracleCase {
    std::string id;
    bool exact = false; ///< the expected figures are exact; otherwise they were simulated
    flow::Model model;
    flow::SolveOptions options;
    nlohmann::json expected;
};

/// All cases; throws where the file cannot be read, which fails the test.
std::vector<OracleCase> oracleCases();

/// What a run said about the figures of a case.
struct Verdict {
    int figures = 0;
    std::vector<std::string> misses;  ///< outside the interval, widened to 99 %, and farther off than the allowance
    std::vector<std::string> outside; ///< outside the widened interval alone; of figures that have one
    int intervals = 0;                ///< figures that have an interval
};
Verdict judge(const OracleCase& oracle, const flow::Solution& solution, double allowance);

} // namespace plimsoll::tests
