// Response times behind a balancer: the mixture over its servers.
#pragma once
#include "engine/balancer/model/policy_model.h"

#include <functional>

namespace plimsoll::balancer {

/// Wait (or sharing) and service of every group with requests, by their shares; Detail::Laws and a steady state.
class PolicyResponse {
public:
    PolicyResponse(const PolicyLoad& load, const PolicyFigures& figures, const flow::Distribution& serviceAtSpeed1);

    Seconds mean() const { return m_mean; }
    /// P(response > t). Exact inversion where service and wait are exponential, otherwise numerical (queueing/wait.h).
    double survival(double t_s) const;
    /// The least t with P(response > t) <= 1 - level; level in [0, 1).
    Seconds quantile(double level) const;

private:
    struct Part {
        double share = 0;
        std::function<double(double)> survival;
    };
    Seconds m_mean{0};
    std::vector<Part> m_parts;
};

} // namespace plimsoll::balancer
