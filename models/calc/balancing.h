// The topics of balancing.json and of edge-cases.json about balancers and health checks: one function each, tabled in
// balancing.cpp; and what they share. Internal to models/calc.
#pragma once
#include "engine/balancer/model/policy_model.h"
#include "models/calc/inputs.h"

namespace plimsoll::calc {

/// One balancing question as the inputs state it.
struct Balancing {
    balancer::PolicyLoad load;
    flow::Distribution service; // at speed 1
};

/// Reads servers or speeds and weights, cores, discipline, arrivals and service, choices and balancers; `policy`, a
/// phrase for people, is looked at but not understood. Refuses what is left over.
Balancing readBalancing(const json& inputs, flow::Policy policy);
/// `weights`: numbers >= 0, not all of them 0.
std::vector<double> readWeights(ModelObject& object);

/// Shares, utilisation, capacity, means and percentiles of the response; null where there is no steady state.
ordered_json policyResults(const Balancing& asked);

// balancing_policies.cpp
ordered_json answerRandom(const json& inputs);
ordered_json answerRoundRobin(const json& inputs);
ordered_json answerLeastConnections(const json& inputs);
ordered_json answerPowerOfChoices(const json& inputs);
ordered_json answerWeightedRandom(const json& inputs);
ordered_json answerWeightedRoundRobin(const json& inputs);
ordered_json answerWeightedLeastConnections(const json& inputs);
ordered_json answerPolicyPercentiles(const json& inputs);
ordered_json answerSeveralBalancers(const json& inputs);
ordered_json answerSideBySide(const json& inputs);
ordered_json answerMixedWeights(const json& inputs);

// balancing_picks.cpp
ordered_json answerPicksByWeight(ModelObject& object);
ordered_json answerPicksByConnections(ModelObject& object);
ordered_json answerConnectionsInTime(ModelObject& object);
ordered_json answerWeights(const json& inputs);
ordered_json answerSlowStart(const json& inputs);
ordered_json answerConsistentHash(const json& inputs);
ordered_json answerHashRing(const json& inputs);

// health.cpp
ordered_json answerHealthDetection(const json& inputs);
ordered_json answerHealthCheck(const json& inputs);
ordered_json answerLostRequests(const json& inputs);
ordered_json answerFalseEjection(const json& inputs);
ordered_json answerAvailability(const json& inputs);
ordered_json answerOneLoss(const json& inputs);

} // namespace plimsoll::calc
