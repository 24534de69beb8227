#include "engine/distribution/euler.h"
#include "engine/distribution/inversion.h"
#include "engine/distribution/residual.h"
#include "engine/queueing/priority.h"
#include "engine/queueing/priority_levels.h"

#include <cmath>

namespace plimsoll::queueing {
namespace {

using Complex = std::complex<double>;
using distribution::Distribution;

/// Service on the fast server of some levels, mixed.
struct Stream {
    double rate = 0, load = 0;
    Distribution service; // empty where nothing arrives

    void add(double classRate, const Distribution& law, double speed) {
        if (!(classRate > 0)) return;
        rate += classRate;
        for (flow::Phase phase : law.phases) {
            phase.weight.value *= classRate; // made a share by finish()
            phase.scale /= speed;
            phase.offset /= speed;
            service.phases.push_back(phase);
        }
    }
    void finish() {
        for (flow::Phase& phase : service.phases) phase.weight.value /= rate;
        load = service.phases.empty() ? 0 : rate * distribution::mean(service).count();
    }
    /// rate x (1 - S*(s))
    Complex exponent(Complex s) const { return rate > 0 ? rate * distribution::complement(service, s) : 0; }
};

/// A request of `own` on one fast server: `higher` goes before it, `lower` may be met in service.
struct Streams {
    Stream higher, own, lower;
    double load = 0; // all three, at most 1

    /// s + the rate of the higher classes x (1 - their busy period's transform): the rate at which it "sees" time pass.
    Complex stretched(Complex s) const {
        if (!(higher.rate > 0)) return s;
        // From x = 0 on the iteration x <- exponent(s + x) converges for Re s > 0 (Abate and Whitt 1992); Aitken's
        // step makes it quick near saturation.
        constexpr int kMost = 500;
        constexpr double kSame = 1e-14;
        Complex x = 0;
        for (int i = 0; i < kMost; ++i) {
            const Complex once = higher.exponent(s + x), twice = higher.exponent(s + once);
            const Complex step = once - x, bend = twice - 2.0 * once + x;
            const bool converged = std::abs(step) <= kSame * std::abs(s + once);
            const Complex better = x - step * step / bend;
            // 1 - B has a real part in [0, 2]: Aitken's guess must not leave it.
            const bool useful =
                std::abs(bend) > 0 && better.real() >= 0 && std::abs(better - higher.rate) <= higher.rate;
            x = converged || !useful ? twice : better;
            if (converged) break;
        }
        return s + x;
    }
    /// E[e^{-sW} | W > 0], W = 0 where the server is idle.
    Complex conditionalWait(Complex s) const {
        const Complex z = stretched(s);
        const Complex whole = ((1 - load) * z + lower.exponent(z)) / (s - own.exponent(z));
        return (whole - (1 - load)) / load;
    }
};

Streams streamsOf(double servers, std::span<const PriorityClass> classes, std::span<const Distribution> laws,
                  std::size_t index, bool interrupts) {
    const Levels levels = levelsOf(servers, classes);
    Streams streams;
    for (std::size_t i = 0; i < classes.size(); ++i) {
        const double rate = classes[i].arrivalRate_per_s * levels.of(classes[i]).carried;
        const unsigned priority = classes[i].priority, own = classes[index].priority;
        if (priority > own && interrupts) continue;
        Stream& stream = priority < own ? streams.higher : priority == own ? streams.own : streams.lower;
        stream.add(rate, laws[i], servers);
    }
    streams.higher.finish();
    streams.own.finish();
    streams.lower.finish();
    streams.load = interrupts ? levels.of(classes[index]).upTo().load : levels.station.load;
    return streams;
}

WaitTransform transformOf(const Streams& streams, const Wait& wait, double stretch) {
    return {wait, [streams, stretch](Complex s) { return streams.conditionalWait(s * stretch); }};
}

} // namespace

WaitTransform nonPreemptiveTransform(double servers, std::span<const PriorityClass> classes,
                                     std::span<const Distribution> laws, std::size_t index) {
    const Levels levels = levelsOf(servers, classes);
    return transformOf(streamsOf(servers, classes, laws, index, false),
                       nonPreemptivePriority(servers, classes)[index].wait,
                       manyServers(servers, levels.station).stretch);
}

PreemptiveLaw preemptiveLaw(double servers, std::span<const PriorityClass> classes, std::span<const Distribution> laws,
                            std::size_t index) {
    const Levels levels = levelsOf(servers, classes);
    const Level& level = levels.of(classes[index]);
    const Streams streams = streamsOf(servers, classes, laws, index, true);
    PreemptiveLaw law;
    law.wait = transformOf(streams, preemptivePriority(servers, classes)[index].wait,
                           manyServers(servers, level.upTo()).stretch);
    const double busyRate = streams.higher.rate;
    const double relative = busyRate > 0 ? interruptionsOf(servers, level).rate / busyRate : 0;
    law.completion = [streams, relative, service = laws[index]](Complex s) {
        return distribution::transform(service, s + relative * (streams.stretched(s) - s));
    };
    return law;
}

Seconds preemptiveResponseQuantile(const PreemptiveLaw& law, double level, double responseMean_s) {
    const double waits = law.wait.wait.probability;
    const auto whole = [&](Complex s) {
        const Complex wait = waits > 0 ? 1 - waits + waits * law.wait.conditional(s) : 1;
        return wait * law.completion(s);
    };
    const auto survival = [&](double t) { return t > 0 ? distribution::survivalFromTransform(whole, t) : 1; };
    return Seconds{distribution::quantileOfSurvival(survival, level, responseMean_s)};
}

} // namespace plimsoll::queueing
