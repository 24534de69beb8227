// A row of test data for every policy.
#pragma once
#include "engine/balancer/balancer.h"

#include <QtTest>

#include <utility>

namespace plimsoll::tests {

inline constexpr std::pair<const char*, flow::Policy> kPolicies[] = {
    {"random", flow::Policy::Random},
    {"round robin", flow::Policy::RoundRobin},
    {"weighted round robin", flow::Policy::WeightedRoundRobin},
    {"least connections", flow::Policy::LeastConnections},
    {"weighted least connections", flow::Policy::WeightedLeastConnections},
    {"least response time", flow::Policy::LeastResponseTime},
    {"resource based", flow::Policy::ResourceBased},
    {"power of two", flow::Policy::PowerOfTwo},
    {"key hash", flow::Policy::KeyHash},
    {"key range", flow::Policy::KeyRange}};

/// One row each, column "policy".
inline void addPolicyRows() {
    QTest::addColumn<flow::Policy>("policy");
    for (const auto& [name, policy] : kPolicies) QTest::newRow(name) << policy;
}

} // namespace plimsoll::tests

Q_DECLARE_METATYPE(plimsoll::flow::Policy)
