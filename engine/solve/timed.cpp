#include "engine/solve/timed.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace plimsoll::flow {
namespace {

using distribution::Cumulants;

double secondMoment(const Cumulants& c) {
    return c.variance + c.mean * c.mean;
}

double sum(const ByCause& parts) {
    return std::accumulate(parts.begin(), parts.end(), 0.0);
}

/// Adds `weight` times a failure that comes after something of these cumulants.
void addFailure(Timed& total, const Timed& part, std::size_t cause, double weight, const Cumulants& before) {
    const double share = weight * part.fail[cause], time = weight * part.time[cause];
    total.fail[cause] += share;
    total.time[cause] += before.mean * share + time;
    total.square[cause] += secondMoment(before) * share + 2 * before.mean * time + weight * part.square[cause];
}

} // namespace

bool isRetried(const Attempt& step, Cause cause) {
    return step.on.empty() || std::ranges::find(step.on, cause) != step.on.end();
}

Cumulants pauses(const Attempt& step, std::uint32_t retries) {
    Cumulants total;
    double pause = std::min(step.backoff.count(), step.backoffCap.count());
    for (std::uint32_t i = 0; i < retries; ++i) {
        if (step.fullJitter)
            total += {pause / 2, pause * pause / 12, 0};
        else
            total.mean += pause;
        pause = std::min(pause * step.backoffFactor, step.backoffCap.count());
    }
    return total;
}

Cumulants failedTry(const Attempt& step, const Timed& body) {
    double share = 0, time = 0, square = 0;
    for (std::size_t c = 0; c < kCauses; ++c) {
        if (!isRetried(step, Cause(c))) continue;
        share += body.fail[c];
        time += body.time[c];
        square += body.square[c];
    }
    if (!(share > 0)) return {};
    const double mean = time / share;
    return {mean, std::max(0.0, square / share - mean * mean), 0};
}

void append(Timed& a, const Timed& b) {
    const double succeeds = a.value.success;
    for (std::size_t c = 0; c < kCauses; ++c)
        if (b.fail[c] > 0) addFailure(a, b, c, succeeds, a.cumulants);
    append(a.value, b.value);
    a.cumulants += b.cumulants;
    a.waited += b.waited;
}

Timed mixed(std::span<const std::pair<double, Timed>> parts) {
    Timed total;
    NodeValue& value = total.value;
    value.success = 0;
    for (const auto& [weight, part] : parts) {
        const double succeeds = weight * part.value.success;
        value.success += succeeds;
        value.own += succeeds * part.value.own;
        total.waited += succeeds * part.waited;
        value.failTime += weight * part.value.failTime;
        value.ownFail += weight * part.value.ownFail;
        value.ownFailSquare += weight * part.value.ownFailSquare;
        value.ownVariance += succeeds * (part.value.ownVariance + part.value.own * part.value.own);
        value.steady = value.steady && part.value.steady;
        for (std::size_t c = 0; c < kCauses; ++c) addFailure(total, part, c, weight, {});
    }
    if (!(value.success > 0)) return total;
    value.own /= value.success;
    total.waited /= value.success;
    value.ownVariance = std::max(0.0, value.ownVariance / value.success - value.own * value.own);
    distribution::MixtureCumulants mixture;
    for (const auto& [weight, part] : parts)
        mixture.addMean(weight * part.value.success / value.success, part.cumulants.mean);
    for (const auto& [weight, part] : parts)
        mixture.addSpread(weight * part.value.success / value.success, part.cumulants);
    total.cumulants = mixture.total();
    value.mean = total.cumulants.mean;
    return total;
}

Timed attempted(const Attempt& step, const Tries& tries, const Timed& body, const std::optional<Timed>& fallback) {
    double failing = 0, ownFailing = 0;
    for (std::size_t c = 0; c < kCauses; ++c)
        if (isRetried(step, Cause(c))) failing += body.fail[c];
    if (sum(body.fail) > 0) ownFailing = body.value.ownFail / sum(body.fail);
    const double again = failing * tries.again;
    const Cumulants failed = failedTry(step, body);
    std::vector<std::pair<double, Timed>> ends; // by number of failed tries, then those that end in the fallback
    Timed final;                                // failures for good
    final.value.success = 0;
    Cumulants before;
    double chance = 1, ownBefore = 0, reached = 0; // of the fallback
    Cumulants beforeFallback;
    for (std::uint32_t j = 0; j < step.maxAttempts && chance > kRareTry; ++j) {
        Timed success = body;
        success.fail = success.time = success.square = {};
        success.value.failTime = success.value.ownFail = success.value.ownFailSquare = 0;
        success.cumulants += before;
        success.value.own += ownBefore;
        ends.emplace_back(chance, success);
        const bool last = j + 1 == step.maxAttempts;
        for (std::size_t c = 0; c < kCauses; ++c) {
            const bool listed = isRetried(step, Cause(c));
            const double weight = chance * (listed && !last ? 1 - tries.again : 1);
            if (listed && fallback) {
                reached += weight * body.fail[c];
                beforeFallback.mean += weight * (before.mean * body.fail[c] + body.time[c]);
            } else {
                addFailure(final, body, c, weight, before);
            }
        }
        before = double(j + 1) * failed + pauses(step, j + 1);
        ownBefore += ownFailing;
        chance *= again;
    }
    if (fallback && reached > 0) {
        Timed end = *fallback;
        beforeFallback.mean /= reached;
        beforeFallback.variance = before.variance;
        for (std::size_t c = 0; c < kCauses; ++c) addFailure(final, end, c, reached, beforeFallback);
        end.fail = end.time = end.square = {};
        end.cumulants += beforeFallback;
        end.value.own += ownBefore;
        ends.emplace_back(reached, end);
    }
    Timed total = mixed(ends);
    total.fail = final.fail;
    total.time = final.time;
    total.square = final.square;
    total.value.failTime = sum(total.time);
    total.value.ownFail = sum(total.fail) * ownFailing * tries.expected;
    total.value.ownFailSquare = 0;
    return total;
}

} // namespace plimsoll::flow
