// Servers behind a balancer, one policy or all side by side, as `plimsoll balance` asks for it.
#pragma once
#include "engine/flow/model.h"
#include "engine/units/quantity.h"
#include "models/document/error.h"

#include <array>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::calc {

struct BalancePolicy {
    std::string_view word; // as on the command line
    flow::Policy policy;
};
/// Every policy, in the order in which they stand side by side.
inline constexpr std::array<BalancePolicy, 8> kBalancePolicies{
    {{"random", flow::Policy::Random},
     {"round-robin", flow::Policy::RoundRobin},
     {"weighted-round-robin", flow::Policy::WeightedRoundRobin},
     {"power-of-two", flow::Policy::PowerOfTwo},
     {"least-connections", flow::Policy::LeastConnections},
     {"weighted-least-connections", flow::Policy::WeightedLeastConnections},
     {"least-response-time", flow::Policy::LeastResponseTime},
     {"resource-based", flow::Policy::ResourceBased}}};

struct BalanceQuestion {
    std::string policy;                // one of kBalancePolicies; empty: all of them
    double servers = 1;                // equal ones; not looked at where there are speeds
    std::vector<double> speeds;        // one a server
    std::vector<double> weights;       // one a server; empty: the speeds
    double cores = 1;                  // of each server
    bool sharing = false;              // processor sharing in place of first come first served
    std::optional<PerSecond> rate;     // of all arrivals; otherwise
    std::optional<double> utilisation; // of all servers together
    double arrivalScv = 1;
    Seconds service{0}; // mean at speed 1
    double serviceScv = 1;
    double balancers = 1;     // without shared state
    Seconds heldElsewhere{0}; // connections stay open this much longer than the request is at the server
    Seconds signalAge{0};
};

/// One policy; times are absent where a server gets more than it can do.
struct BalanceRow {
    std::string policy;
    std::optional<Seconds> mean, p50, p95, p99; // of the response
    double leastUtilisation = 0, mostUtilisation = 0;
    std::vector<double> shares; // of each server, by its place; one where all are equal
    PerSecond capacity;         // all arrivals at which the first server saturates
    std::string method, id;     // name and id
    bool exact = false, insideValidity = true;
};

struct BalanceAnswer {
    PerSecond rate;
    std::vector<BalanceRow> rows;
    std::string json;
};

/// The error names the input, its value and what is allowed.
std::expected<BalanceAnswer, document::Error> answerBalance(const BalanceQuestion& question);

} // namespace plimsoll::calc
