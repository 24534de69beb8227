// What every component that spreads calls declares: the policy and its health checks.
#pragma once
#include "models/components/component_type.h"

namespace plimsoll::components {

/// `policy`, `signal_age_s`, and `keys`, `zipf` of the key policies.
std::vector<Parameter> policyParameters();
/// `health_interval_s` (absent: no checks), `health_timeout_s`, `health_fall`, `health_rise`.
std::vector<Parameter> healthParameters();
/// The policy in the window's words.
std::string_view policyLabel(const document::Component& component);
/// The balancer that the parameters describe, without backends; adds a key space where the policy needs one.
flow::Balancer balancing(const document::Component& component, lower::Context& context);

} // namespace plimsoll::components
