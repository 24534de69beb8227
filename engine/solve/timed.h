// What a node takes, by how it ends, and how that adds up in a row, over branches and over tries.
#pragma once
#include "engine/solve/node_values.h"
#include "engine/solve/outcomes.h"

#include <optional>
#include <span>

namespace plimsoll::flow {

struct Timed {
    NodeValue value;                   // of what succeeds in a finite time
    distribution::Cumulants cumulants; // of the same
    double waited = 0;                 // of the mean, spent waiting or lost to sharing
    ByCause fail{}, time{}, square{};  // share that fails so, E[time; it does], E[time^2; it does]
};

/// a, then b where a succeeds.
void append(Timed& a, const Timed& b);
/// One of the parts, by weights that sum to 1.
Timed mixed(std::span<const std::pair<double, Timed>> parts);
/// The body tried as the step says, with pauses, then the fallback.
Timed attempted(const Attempt& step, const Tries& tries, const Timed& body, const std::optional<Timed>& fallback);

/// The time of one failed try that is tried again.
distribution::Cumulants failedTry(const Attempt& step, const Timed& body);
/// Cumulants of the pauses before retries 1 ... `retries`.
distribution::Cumulants pauses(const Attempt& step, std::uint32_t retries);
/// Tries beyond this probability are left out.
inline constexpr double kRareTry = 1e-14;
bool isRetried(const Attempt& step, Cause cause);

} // namespace plimsoll::flow
