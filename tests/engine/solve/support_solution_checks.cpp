#include "tests/engine/solve/solution_checks.h"

#include <cmath>

namespace plimsoll::tests {
namespace {

using namespace flow;

constexpr double kSlack = 1e-6; // of shares and of Little's law

class Checker {
public:
    explicit Checker(const Model& model) : m_model(model) {}
    std::string run(const Solution& solution) {
        for (std::size_t c = 0; c < solution.classes.size(); ++c) {
            m_place = "classes[" + std::to_string(c) + "]";
            cls(solution.classes[c]);
        }
        resources("stations", solution.stations);
        resources("pools", solution.pools);
        resources("limiters", solution.limiters);
        for (const CacheResult& cache : solution.caches) share(cache.hitRatio.value, "hit ratio");
        for (const auto& functions : solution.onDemand) {
            if (!functions) continue;
            number(functions->busy, "busy");
            number(functions->live, "live");
            share(functions->cold.value, "cold");
            number(functions->boots.value, "boots");
        }
        for (const StepResult& step : solution.steps) {
            m_place = "steps[" + std::to_string(std::size_t(step.step)) + "]";
            number(step.entered.value, "entered");
            number(step.succeeded.value, "succeeded");
            number(step.inclusive.count(), "inclusive");
            number(step.own.count(), "own");
            number(step.ownVariance_s2, "own variance");
        }
        if (solution.saturationFactor) number(*solution.saturationFactor, "saturation factor");
        return m_fault;
    }

private:
    void fail(const std::string& what) {
        if (m_fault.empty()) m_fault = m_place + " " + what;
    }
    void number(double value, const std::string& what) {
        if (!std::isfinite(value) || value < 0) fail(what + " is " + std::to_string(value));
    }
    void share(double value, const std::string& what) {
        number(value, what);
        if (value > 1 + kSlack) fail(what + " is " + std::to_string(value));
    }
    void latency(const Latency& latency) {
        number(latency.mean.count(), "mean");
        number(latency.scv, "scv");
        double before = 0;
        for (Seconds quantile : latency.quantile) {
            number(quantile.count(), "quantile");
            if (quantile.count() < before * (1 - kSlack)) fail("quantiles fall");
            before = quantile.count();
        }
        double last = 0;
        for (const auto& [time, probability] : latency.cdf) {
            number(time.count(), "curve");
            share(probability.value, "curve");
            if (probability.value < last - kSlack) fail("the curve falls");
            last = probability.value;
        }
    }
    void cls(const ClassResult& result) {
        number(result.offered.value, "offered");
        number(result.succeeded.value, "succeeded");
        double errors = 0;
        for (const Share& one : result.errors) {
            share(one.share.value, "error");
            errors += one.share.value;
        }
        const double all = result.offered.value > 0 ? result.succeeded.value / result.offered.value + errors : 1;
        if (all > 1 + kSlack || (result.latency && all < 1 - kSlack))
            fail("successes and failures sum to " + std::to_string(all));
        number(result.attemptsPerRequest - 1, "attempts less one");
        if (result.latency) latency(*result.latency);
        if (result.jobs) latency(*result.jobs);
    }
    void resources(const std::string& array, const std::vector<ResourceResult>& all) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            const ResourceResult& one = all[i];
            m_place = array + "[" + std::to_string(i) + "]";
            number(one.offered.value, "offered");
            number(one.carried.value, "carried");
            if (one.carried.value > one.offered.value * (1 + kSlack)) fail("carries more than it is offered");
            share(one.utilisation.value, "utilisation");
            number(one.demand, "demand");
            number(one.meanWaiting, "mean waiting");
            number(one.growth.value, "growth");
            number(one.strength, "strength");
            if (one.saturationFactor) number(*one.saturationFactor, "saturation factor");
            if (!one.wait) continue;
            latency(*one.wait);
            // Those who give up have waited too; those whom something around the wait cuts off leave it sooner.
            double little = one.carried.value * one.wait->mean.count(), most = little;
            if (array == "pools" && m_model.pools[i].maxWait)
                most += (one.offered.value - one.carried.value) * m_model.pools[i].maxWait->count();
            const double slack = 1e-3 * (little + one.meanWaiting) + 1e-9;
            if (one.meanWaiting < little - slack || one.meanWaiting > most + slack)
                fail("Little's law: " + std::to_string(one.meanWaiting) + " wait, " + std::to_string(little) +
                     " by rate and time");
        }
    }

    const Model& m_model;
    std::string m_place, m_fault;
};

} // namespace

std::string faultOf(const Model& model, const Solution& solution) {
    std::string fault = Checker(model).run(solution);
    if (fault.empty() && solution.badState) fault = Checker(model).run(*solution.badState);
    return fault;
}

} // namespace plimsoll::tests
