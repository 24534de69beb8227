#include "engine/balancer/model/response.h"

#include "engine/distribution/inversion.h"
#include "engine/queueing/mmc.h"
#include "engine/queueing/wait.h"

#include <cmath>

namespace plimsoll::balancer {
namespace {

using distribution::Distribution;

/// Exponential service, and an exponential wait of those that wait: as M/M/c with this chance to wait and rate.
std::function<double(double)> exponentialResponse(double probability, double waitOfThose_s, double service_s) {
    return [=](double t_s) {
        const double t = t_s / service_s, rate = service_s / waitOfThose_s, y = (rate - 1) * t;
        if (y < -30)
            return std::exp(-rate * t) * probability / (1 - rate) + std::exp(-t) * (1 - probability / (1 - rate));
        const double phi = y == 0 ? 1 : -std::expm1(-y) / y;
        return std::exp(-t) * (1 + probability * t * phi);
    };
}

std::function<double(double)> fcfsResponse(const queueing::Wait& wait, const Distribution& service) {
    const double service_s = toSeconds(distribution::mean(service));
    if (!(wait.probability > 0)) return [service](double t_s) { return distribution::survival(service, t_s); };
    if (distribution::isExponential(service) && service.phases.size() == 1) {
        constexpr double kExponential = 1e-9;
        const double mean = wait.cumulants.mean / wait.probability;
        const double square = wait.cumulants.variance + wait.cumulants.mean * wait.cumulants.mean;
        if (std::abs(square / wait.probability / (2 * mean * mean) - 1) < kExponential)
            return exponentialResponse(wait.probability, mean, service_s);
    }
    return [transform = queueing::gammaTransform(wait), service](double t_s) {
        return queueing::responseSurvival(transform, service, t_s);
    };
}

} // namespace

PolicyResponse::PolicyResponse(const PolicyLoad& load, const PolicyFigures& figures,
                               const Distribution& serviceAtSpeed1) {
    for (std::size_t g = 0; g < figures.groups.size(); ++g) {
        const GroupFigures& group = figures.groups[g];
        if (!(group.share > 0)) continue;
        const Distribution service = distribution::scaled(serviceAtSpeed1, 1 / load.groups[g].speed);
        m_mean += group.share * (group.waitMean + distribution::mean(service));
        if (load.discipline != flow::Discipline::ProcessorSharing) {
            m_parts.push_back({group.share, fcfsResponse(group.wait, service)});
        } else if (group.utilisation > 0) {
            m_parts.push_back({group.share, [law = queueing::psResponseLaw(group.sharing, service)](double t_s) {
                                   return distribution::survival(law, t_s);
                               }});
        } else {
            m_parts.push_back({group.share, fcfsResponse({}, service)});
        }
    }
}

double PolicyResponse::survival(double t_s) const {
    double sum = 0;
    for (const Part& part : m_parts) sum += part.share * part.survival(t_s);
    return sum;
}

Seconds PolicyResponse::quantile(double level) const {
    return Seconds{
        distribution::quantileOfSurvival([this](double t_s) { return survival(t_s); }, level, toSeconds(m_mean))};
}

} // namespace plimsoll::balancer
