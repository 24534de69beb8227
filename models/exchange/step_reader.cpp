#include "models/exchange/step_reader.h"

#include "engine/flow/validate.h"
#include "models/exchange/json_object.h"
#include "models/exchange/law_reader.h"
#include "models/exchange/model_words.h"

#include <fmt/format.h>

namespace plimsoll::exchange {
namespace {

using namespace flow;
namespace words = model_words;

std::vector<EntryId> readEntries(ModelObject& object) {
    std::vector<EntryId> entries;
    object.required("entries");
    for (const json& entry : object.array("entries")) entries.push_back(EntryId{countAt(entry, object.at("entries"))});
    return entries;
}

FanOut readFanOut(const json& value, const Where& where) {
    ModelObject object(value, where);
    FanOut fan;
    fan.copies = object.countOr("copies", 0);
    fan.need = object.countOr("need", 0);
    if (const auto stagger = object.optionalNumber("stagger_s")) fan.stagger = Seconds{*stagger};
    fan.leftover = Leftover(object.wordOr("leftover", words::kLeftover, 0));
    object.finish();
    return fan;
}

/// A step's own place: its number, and the pointer to it when it stands inline.
Where stepAt(std::size_t index, const std::string& place) {
    return {elementName("steps", index), "", place};
}

} // namespace

void StepReader::readNumbered(const json& steps) {
    m_numbered = steps.size();
    m_model.steps.resize(m_numbered);
    for (std::size_t i = 0; i < m_numbered; ++i) {
        const Where where = stepAt(i, "");
        if (steps[i].is_number()) where.refuse("is a number, must be a step");
        readInto(i, steps[i], where, fmt::format("/steps/{}", i));
    }
}

StepId StepReader::read(const json& value, const Where& where, const std::string& place) {
    if (value.is_number()) {
        const std::uint32_t index = countAt(value, where);
        if (index >= m_numbered)
            where.refuse(fmt::format("is step {}, but \"steps\" has {} elements", index, m_numbered));
        return StepId{index};
    }
    const std::size_t index = m_model.steps.size();
    m_model.steps.emplace_back();
    readInto(index, value, stepAt(index, place), place);
    return StepId{std::uint32_t(index)};
}

void StepReader::readInto(std::size_t index, const json& value, const Where& where, const std::string& place) {
    if (value.is_array()) {
        Sequence sequence;
        for (std::size_t i = 0; i < value.size(); ++i)
            sequence.steps.push_back(read(value[i], where.under("steps"), fmt::format("{}/{}", place, i)));
        m_model.steps[index].body = std::move(sequence);
        return;
    }
    if (!value.is_object()) where.refuse(fmt::format("is {}, must be a step", typeName(value)));
    ModelObject object(value, where);
    m_model.steps[index].origin = Origin{object.countOr("origin", 0)};
    std::size_t kind = words::kSteps.size();
    for (const auto& [key, body] : value.items()) {
        if (key == "origin") continue;
        const auto* word = std::ranges::find(words::kSteps, key);
        if (word == words::kSteps.end()) where.under(key).refuse("is no kind of step");
        if (kind != words::kSteps.size()) where.under(key).refuse("is a second kind: a step has exactly one");
        kind = std::size_t(word - words::kSteps.begin());
    }
    if (kind == words::kSteps.size()) where.refuse("has no kind: a step is an object with one key, its kind");
    const std::string_view name = words::kSteps[kind];
    Body body = readBody(kind, value.at(std::string(name)), where, fmt::format("{}/{}", place, name));
    m_model.steps[index].body = std::move(body);
}

Body StepReader::readBody(std::size_t kind, const json& value, const Where& where, const std::string& place) {
    ModelObject object(value, where);
    constexpr std::array<std::size_t, 6> kSimple{2, 3, 4, 5, 9, 11}; // serve delay call spawn invalidate limit
    const bool simple = std::ranges::find(kSimple, kind) != kSimple.end() || kind == 12;
    Body body = simple ? readSimple(kind, object) : readComposite(kind, object, where, place);
    object.finish();
    return body;
}

Body StepReader::readSimple(std::size_t kind, ModelObject& object) {
    switch (kind) {
    case 2: {
        Serve serve;
        serve.station = StationId{object.count("station")};
        serve.demand = law(object, "demand");
        const std::uint32_t priority = object.countOr("priority", 0);
        if (priority > 255) object.at("priority").refuse(fmt::format("is {}, must be at most 255", priority));
        serve.priority = std::uint8_t(priority);
        return serve;
    }
    case 3: return Delay{law(object, "duration")};
    case 4: return readCall(object);
    case 5: return readSpawn(object);
    case 9: return Invalidate{CacheId{object.count("cache")}, object.numberOr("keys", 1)};
    case 11: return Limit{LimiterId{object.count("limiter")}};
    default: {
        Fail fail;
        fail.probability.value = object.number("probability");
        fail.cause = Cause(object.wordOr("cause", words::kCause, 0));
        return fail;
    }
    }
}

Body StepReader::readComposite(std::size_t kind, ModelObject& object, const Where& where, const std::string& place) {
    const auto child = [&](std::string_view key) {
        return read(object.required(key), where.under(key), fmt::format("{}/{}", place, key));
    };
    const auto list = [&](std::string_view key) {
        std::vector<StepId> steps;
        object.required(key);
        const json& array = object.array(key);
        for (std::size_t i = 0; i < array.size(); ++i)
            steps.push_back(read(array[i], where.under(key), fmt::format("{}/{}/{}", place, key, i)));
        return steps;
    };
    switch (kind) {
    case 0: return Sequence{list("steps")};
    case 1: return Repeat{child("body"), object.numberOr("count", 1), object.booleanOr("fresh_keys", true)};
    case 6: {
        Parallel parallel;
        parallel.branches = list("branches");
        parallel.need = object.countOr("need", 0);
        parallel.leftover = Leftover(object.wordOr("leftover", words::kLeftover, 0));
        return parallel;
    }
    case 7: {
        Choice choice;
        object.required("branches");
        const json& branches = object.array("branches");
        for (std::size_t i = 0; i < branches.size(); ++i) {
            const std::string branchPlace = fmt::format("{}/branches/{}", place, i);
            ModelObject branch(branches[i], where.under("branches"));
            const double probability = branch.number("probability");
            choice.branches.push_back(
                {{probability}, read(branch.required("step"), branch.at("step"), branchPlace + "/step")});
            branch.finish();
        }
        return choice;
    }
    case 8: {
        const CacheId cache{object.count("cache")};
        const StepId hit = child("on_hit");
        return Lookup{cache, hit, child("on_miss")};
    }
    case 10: {
        const PoolId pool{object.count("pool")};
        const std::uint32_t priority = object.countOr("priority", 0);
        if (priority > 255) object.at("priority").refuse(fmt::format("is {}, must be at most 255", priority));
        return Hold{pool, child("body"), std::uint8_t(priority)};
    }
    case 13: return readAttempt(object, place, where);
    default: {
        Timeout timeout;
        timeout.after = Seconds{object.number("after_s")};
        timeout.body = child("body");
        timeout.leftover = Leftover(object.wordOr("leftover", words::kLeftover, 0));
        timeout.cause = Cause(object.wordOr("cause", words::kCause, std::size_t(Cause::Timeout)));
        return timeout;
    }
    }
}

Call StepReader::readCall(ModelObject& object) {
    Call call;
    call.via = BalancerId{object.count("via")};
    call.entries = readEntries(object);
    call.count = object.numberOr("count", 1);
    if (const json* fan = object.find("fan_out")) call.fanOut = readFanOut(*fan, object.at("fan_out"));
    return call;
}

Spawn StepReader::readSpawn(ModelObject& object) {
    Spawn spawn;
    spawn.via = BalancerId{object.count("via")};
    spawn.entries = readEntries(object);
    spawn.count = object.numberOr("count", 1);
    spawn.everyInstance = object.booleanOr("every_instance", false);
    spawn.refusalFailsCaller = object.booleanOr("refusal_fails_caller", true);
    return spawn;
}

Attempt StepReader::readAttempt(ModelObject& object, const std::string& place, const Where& where) {
    Attempt attempt;
    attempt.body = read(object.required("body"), where.under("body"), place + "/body");
    attempt.maxAttempts = object.countOr("max_attempts", 1);
    attempt.backoff = Seconds{object.numberOr("backoff_s", 0)};
    attempt.backoffFactor = object.numberOr("backoff_factor", 2);
    attempt.backoffCap = Seconds{object.numberOr("backoff_cap_s", 60)};
    attempt.fullJitter = object.booleanOr("full_jitter", true);
    attempt.budget = object.optionalNumber("budget");
    for (const json& cause : object.array("on"))
        attempt.on.push_back(Cause(wordAt(cause, object.at("on"), words::kCause.data(), words::kCause.size())));
    if (const json* fallback = object.find("fallback"))
        attempt.fallback = read(*fallback, where.under("fallback"), place + "/fallback");
    return attempt;
}

Distribution StepReader::law(ModelObject& object, std::string_view key) {
    return readLaw(object.required(key), object.at(key), m_problems);
}

} // namespace plimsoll::exchange
