#include "models/calc/balancing.h"

#include <array>

namespace plimsoll::calc {
namespace {

constexpr std::array kTopics{
    Topic{"random", answerRandom},
    Topic{"random-general", answerRandom},
    Topic{"round-robin", answerRoundRobin},
    Topic{"round-robin-general", answerRoundRobin},
    Topic{"round-robin-ps", answerRoundRobin},
    Topic{"least-connections", answerLeastConnections},
    Topic{"least-connections-many", answerLeastConnections},
    Topic{"least-connections-general", answerLeastConnections},
    Topic{"least-connections-ps", answerLeastConnections},
    Topic{"least-connections-unequal", answerLeastConnections},
    Topic{"power-of-two", answerPowerOfChoices},
    Topic{"power-of-two-ps", answerPowerOfChoices},
    Topic{"power-of-d", answerPowerOfChoices},
    Topic{"policy-percentiles", answerPolicyPercentiles},
    Topic{"multi-core-servers", answerSideBySide},
    Topic{"weighted-random", answerWeightedRandom},
    Topic{"weighted-round-robin", answerWeightedRoundRobin},
    Topic{"weighted-least-connections", answerWeightedLeastConnections},
    Topic{"several-balancers", answerSeveralBalancers},
    Topic{"consistent-hash", answerConsistentHash},
    Topic{"mixed-weights", answerMixedWeights},
    Topic{"health-detection", answerHealthDetection},
    Topic{"health-lost-requests", answerLostRequests},
    Topic{"health-false-ejection", answerFalseEjection},
    Topic{"availability", answerAvailability},
    Topic{"n-minus-1", answerOneLoss},
    Topic{"weights", answerWeights},
    Topic{"hash-ring", answerHashRing},
    Topic{"slow-start", answerSlowStart},
    Topic{"health-check", answerHealthCheck},
};

} // namespace

std::span<const Topic> balancingTopics() {
    return kTopics;
}

} // namespace plimsoll::calc
