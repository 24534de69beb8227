#include "engine/solve/path_terms.h"

#include "engine/queueing/mmc.h"
#include "engine/solve/path_points.h"

#include <algorithm>
#include <cmath>
#include <complex>

namespace plimsoll::flow {
namespace {

/// sum += weight / (1 + s mean).
void addExponential(const Points& s, double weight, double mean, Values& sum) {
    const double real = 1 + s.real * mean;
    for (std::size_t k = 0; k < kNodes; ++k) {
        const double imaginary = s.imaginary[k] * mean;
        const double norm = weight / (real * real + imaginary * imaginary);
        sum.re[k] += real * norm;
        sum.im[k] -= imaginary * norm;
    }
}

/// sum += weight (1 + s scale)^-shape, a whole shape, by squaring.
void addErlang(const Points& s, double weight, double shape, double scale, Values& sum) {
    Values base, power = Values::filled(1);
    base.re.fill(1 + s.real * scale);
    for (std::size_t k = 0; k < kNodes; ++k) base.im[k] = s.imaginary[k] * scale;
    for (auto left = std::uint64_t(shape);;) {
        if (left % 2 == 1) power.multiplyBy(base);
        left /= 2;
        if (left == 0) break;
        base.square();
    }
    for (std::size_t k = 0; k < kNodes; ++k) {
        const double norm = weight / (power.re[k] * power.re[k] + power.im[k] * power.im[k]);
        sum.re[k] += power.re[k] * norm;
        sum.im[k] -= power.im[k] * norm;
    }
}

/// sum += weight e^{-s offset} (1 + s scale)^-shape.
void addGamma(const Points& s, const Phase& phase, Values& sum) {
    const double offset = phase.offset.count(), scale = phase.scale.count(), weight = phase.weight.value;
    const double x = s.real * scale;
    for (std::size_t k = 0; k < kNodes; ++k) {
        const double y = s.imaginary[k] * scale;
        const double logNorm = phase.shape / 2 * std::log1p(x * (2 + x) + y * y);
        const double angle = phase.shape * std::atan2(y, 1 + x) + s.imaginary[k] * offset;
        const double size = weight * std::exp(-logNorm - s.real * offset);
        sum.re[k] += size * std::cos(angle);
        sum.im[k] -= size * std::sin(angle);
    }
}

/// Beyond this shape the powers would overflow.
constexpr double kLargestErlang = 256;

Values phasesAt(const Points& s, const std::vector<Phase>& phases) {
    Values sum = Values::filled(0);
    double atZero = 0;
    for (const Phase& phase : phases) {
        const bool shifted = phase.offset.count() > 0;
        if (phase.scale.count() == 0 && !shifted)
            atZero += phase.weight.value;
        else if (phase.shape == 1 && !shifted)
            addExponential(s, phase.weight.value, phase.scale.count(), sum);
        else if (!shifted && phase.shape <= kLargestErlang && phase.shape == std::floor(phase.shape))
            addErlang(s, phase.weight.value, phase.shape, phase.scale.count(), sum);
        else
            addGamma(s, phase, sum);
    }
    for (std::size_t k = 0; k < kNodes; ++k) sum.re[k] += atZero;
    return sum;
}

/// W* = (1 - rho) / (1 - rho (1 - S*) / (s E[S])).
Values pollaczekAt(const Points& s, const PathTerm& term) {
    Values excess = Values::filled(1);
    excess.addScaled(phasesAt(s, term.phases), -1);
    Values scaled;
    scaled.re.fill(s.real * term.service);
    for (std::size_t k = 0; k < kNodes; ++k) scaled.im[k] = s.imaginary[k] * term.service;
    excess.divideBy(scaled);
    Values denominator = Values::filled(1);
    denominator.addScaled(excess, -term.number);
    Values wait = Values::filled(1 - term.number);
    wait.divideBy(denominator);
    return wait;
}

Values lawAt(const Points& s, const PathLaw& law);

Values powerAt(const Points& s, const PathTerm& term) {
    Values base = lawAt(s, term.laws.front());
    Values result = Values::filled(1);
    for (auto left = std::uint64_t(term.number); left > 0; left /= 2) {
        if (left % 2 == 1) result.multiplyBy(base);
        const Values square = base;
        base.multiplyBy(square);
    }
    return result;
}

Values termAt(const Points& s, const PathTerm& term) {
    Values value = Values::filled(0);
    switch (term.kind) {
    case PathTerm::Phases: return phasesAt(s, term.phases);
    case PathTerm::Pollaczek: return pollaczekAt(s, term);
    case PathTerm::Power: return powerAt(s, term);
    case PathTerm::MmcResponse: {
        value = Values::filled(1 - term.number);
        addExponential(s, term.number, 1 / term.clearingRate, value);
        Values service = Values::filled(0);
        addExponential(s, 1, term.service, service);
        value.multiplyBy(service);
        return value;
    }
    case PathTerm::Alternatives:
        for (const PathLaw& law : term.laws) value.addScaled(lawAt(s, law), law.weight);
        return value;
    case PathTerm::Cut:
    case PathTerm::Slowest: return term.table->transformAt(s);
    case PathTerm::Given:
        for (std::size_t k = 0; k < kNodes; ++k) {
            const std::complex<double> waits = term.given->conditional({s.real, s.imaginary[k]});
            value.re[k] = 1 - term.number + term.number * waits.real();
            value.im[k] = term.number * waits.imag();
        }
        return value;
    }
    return value;
}

/// Everything of a law, its constant included.
Values lawAt(const Points& s, const PathLaw& law) {
    Values value = Values::filled(1);
    for (const PathTerm& term : law.terms) value.multiplyBy(termAt(s, term));
    if (law.constant > 0) {
        Values shift = Values::filled(0);
        addGamma(s, {.offset = Seconds{law.constant}}, shift);
        value.multiplyBy(shift);
    }
    return value;
}

double invert(const PathLaw& law, double t) {
    const Points s(t);
    Values product = termAt(s, law.terms.front());
    for (std::size_t i = 1; i < law.terms.size(); ++i) product.multiplyBy(termAt(s, law.terms[i]));
    const auto& rule = distribution::eulerRule();
    double sum = 0;
    for (std::size_t k = 0; k < distribution::EulerRule::kNodes; ++k) {
        // Re[(1 - X) / s]
        const double norm = s.real * s.real + s.imaginary[k] * s.imaginary[k];
        sum += rule.weight[k] * ((1 - product.re[k]) * s.real - product.im[k] * s.imaginary[k]) / norm;
    }
    return std::clamp(sum / t, 0.0, 1.0);
}

/// P(at least `need` of `count` independent events).
template <class Chance> double enough(const PathTerm& term, Chance chance) {
    std::vector<double> happened(std::size_t(term.need) + 1, 0); // the last: so many or more
    happened[0] = 1;
    for (std::uint32_t i = 0; i < term.count; ++i) {
        const double p = chance(i);
        happened[term.need] += happened[term.need - 1] * p;
        for (std::uint32_t k = term.need - 1; k > 0; --k) happened[k] += p * (happened[k - 1] - happened[k]);
        happened[0] *= 1 - p;
    }
    return happened[term.need];
}

} // namespace

void addPhases(PathLaw& law, std::vector<Phase> phases) {
    double common = phases.front().offset.count();
    for (const Phase& phase : phases) common = std::min(common, phase.offset.count());
    bool random = false;
    for (Phase& phase : phases) {
        phase.offset = Seconds{std::max(0.0, phase.offset.count() - common)};
        random = random || phase.scale.count() > 0 || phase.offset.count() > 0;
    }
    law.constant += common;
    if (!random) return;
    PathTerm term;
    term.phases = std::move(phases);
    law.terms.push_back(std::move(term));
}

void tabulate(std::vector<PathLaw>& laws, double mean_s) {
    constexpr double kLeast = 1e-3; // of the mean: the scale of a law that is nearly constant
    for (PathLaw& law : laws) {
        if (law.direct || law.terms.empty() || law.curve) continue;
        const auto kind = law.terms.front().kind;
        if (law.terms.size() == 1 && (kind == PathTerm::Phases || kind == PathTerm::MmcResponse)) continue;
        const double scale = std::max(mean_s - law.constant, kLeast * mean_s);
        law.curve =
            std::make_shared<const SurvivalCurve>([&](double t) { return pathSurvival(law, law.constant + t); }, scale);
    }
}

double pathSurvival(const PathLaw& law, double t_s) {
    const double t = t_s - law.constant;
    if (t < 0) return 1;
    if (law.direct) return distribution::survival(*law.direct, t);
    if (law.terms.empty()) return 0;
    if (law.curve) return law.curve->at(t);
    if (law.terms.size() == 1) {
        const PathTerm& term = law.terms.front();
        if (term.kind == PathTerm::Phases) {
            double sum = 0;
            for (const Phase& phase : term.phases) sum += phase.weight.value * distribution::survival(phase, t);
            return std::min(sum, 1.0);
        }
        if (term.kind == PathTerm::MmcResponse) {
            queueing::MmcFigures figures;
            figures.load = term.load;
            figures.waitProbability = term.number;
            return queueing::mmcResponseSurvival({term.servers, {}, Seconds{term.service}}, figures, t);
        }
        if (term.kind == PathTerm::Cut || term.kind == PathTerm::Slowest) return composedSurvival(term, t);
    }
    return t == 0 ? 1 : invert(law, t);
}

double composedSurvival(const PathTerm& term, double t_s) {
    const double t = t_s + term.shift;
    if (term.kind == PathTerm::Cut) {
        if (t >= term.number) return 0;
        const double late = term.late;
        return std::clamp((pathSurvival(term.laws, t) - late) / (1 - late), 0.0, 1.0);
    }
    const auto chance = [&](std::uint32_t i) { return term.chances[term.chances.size() > 1 ? i : 0]; };
    const double all = enough(term, chance);
    double each = 0;
    const double ended = enough(term, [&](std::uint32_t i) {
        if (i == 0 || term.branches.size() > 1 || term.stagger > 0) {
            const double started = term.stagger * i;
            each = t < started ? 0 : 1 - pathSurvival(term.branches[term.branches.size() > 1 ? i : 0], t - started);
        }
        return chance(i) * each;
    });
    if (!(all > 0)) return 0;
    const double apart = std::clamp(1 - ended / all, 0.0, 1.0);
    if (!(term.together > 0)) return apart;
    // Together: all at the same level of their laws, so that the `need`-th to end is the one of that rank at each time.
    std::vector<double> alone;
    for (const auto& branch : term.branches) alone.push_back(pathSurvival(branch, t));
    std::ranges::sort(alone);
    const double ranked = alone.size() == 1 ? alone[0] : alone[term.need - 1];
    return (1 - term.together) * apart + term.together * ranked;
}

double pathSurvival(const std::vector<PathLaw>& branches, double t_s) {
    double sum = 0;
    for (const PathLaw& branch : branches) sum += branch.weight * pathSurvival(branch, t_s);
    return std::min(sum, 1.0);
}

} // namespace plimsoll::flow
