#include "models/exchange/step_writer.h"

#include "models/exchange/json_text.h"
#include "models/exchange/model_words.h"

#include <nlohmann/json.hpp>

namespace plimsoll::exchange {
namespace {

using namespace flow;
using nlohmann::ordered_json;
namespace words = model_words;

template <class Id> std::uint32_t id(Id value) {
    return static_cast<std::uint32_t>(value);
}
template <class Id> ordered_json ids(const std::vector<Id>& values) {
    ordered_json array = ordered_json::array();
    for (Id value : values) array.push_back(id(value));
    return array;
}
void unless(double standard, const char* key, double value, ordered_json& out) {
    if (value != standard) out[key] = jsonNumber(value);
}
template <std::size_t N, class E>
void unlessWord(E standard, const char* key, E value, const std::array<std::string_view, N>& all, ordered_json& out) {
    if (value != standard) out[key] = all[std::size_t(value)];
}

ordered_json write(const Sequence& s) {
    return {{"steps", ids(s.steps)}};
}
ordered_json write(const Repeat& r) {
    ordered_json out{{"body", id(r.body)}};
    unless(1, "count", r.count, out);
    if (!r.freshKeys) out["fresh_keys"] = false;
    return out;
}
ordered_json write(const Serve& s) {
    ordered_json out{{"station", id(s.station)}, {"demand", writeLaw(s.demand)}};
    unless(0, "priority", s.priority, out);
    return out;
}
ordered_json write(const Delay& d) {
    return {{"duration", writeLaw(d.duration)}};
}
ordered_json write(const Call& c) {
    ordered_json out{{"via", id(c.via)}, {"entries", ids(c.entries)}};
    unless(1, "count", c.count, out);
    if (!c.fanOut) return out;
    ordered_json fan = ordered_json::object();
    unless(0, "copies", c.fanOut->copies, fan);
    unless(0, "need", c.fanOut->need, fan);
    if (c.fanOut->stagger) fan["stagger_s"] = jsonNumber(c.fanOut->stagger->count());
    unlessWord(Leftover::Abandon, "leftover", c.fanOut->leftover, words::kLeftover, fan);
    out["fan_out"] = fan;
    return out;
}
ordered_json write(const Spawn& s) {
    ordered_json out{{"via", id(s.via)}, {"entries", ids(s.entries)}};
    unless(1, "count", s.count, out);
    if (s.everyInstance) out["every_instance"] = true;
    if (!s.refusalFailsCaller) out["refusal_fails_caller"] = false;
    return out;
}
ordered_json write(const Parallel& p) {
    ordered_json out{{"branches", ids(p.branches)}};
    unless(0, "need", p.need, out);
    unlessWord(Leftover::Abandon, "leftover", p.leftover, words::kLeftover, out);
    return out;
}
ordered_json write(const Choice& c) {
    ordered_json branches = ordered_json::array();
    for (const Branch& branch : c.branches)
        branches.push_back({{"probability", jsonNumber(branch.probability.value)}, {"step", id(branch.step)}});
    return {{"branches", branches}};
}
ordered_json write(const Lookup& l) {
    return {{"cache", id(l.cache)}, {"on_hit", id(l.onHit)}, {"on_miss", id(l.onMiss)}};
}
ordered_json write(const Invalidate& i) {
    ordered_json out{{"cache", id(i.cache)}};
    unless(1, "keys", i.keys, out);
    return out;
}
ordered_json write(const Hold& h) {
    ordered_json out{{"pool", id(h.pool)}, {"body", id(h.body)}};
    unless(0, "priority", h.priority, out);
    return out;
}
ordered_json write(const Limit& l) {
    return {{"limiter", id(l.limiter)}};
}
ordered_json write(const Fail& f) {
    ordered_json out{{"probability", jsonNumber(f.probability.value)}};
    unlessWord(Cause::Application, "cause", f.cause, words::kCause, out);
    return out;
}
ordered_json write(const Attempt& a) {
    const Attempt standard;
    ordered_json out{{"body", id(a.body)}};
    unless(standard.maxAttempts, "max_attempts", a.maxAttempts, out);
    unless(standard.backoff.count(), "backoff_s", a.backoff.count(), out);
    unless(standard.backoffFactor, "backoff_factor", a.backoffFactor, out);
    unless(standard.backoffCap.count(), "backoff_cap_s", a.backoffCap.count(), out);
    if (!a.fullJitter) out["full_jitter"] = false;
    if (a.budget) out["budget"] = jsonNumber(*a.budget);
    if (!a.on.empty()) {
        ordered_json on = ordered_json::array();
        for (Cause cause : a.on) on.push_back(words::kCause[std::size_t(cause)]);
        out["on"] = on;
    }
    if (a.fallback) out["fallback"] = id(*a.fallback);
    return out;
}
ordered_json write(const Timeout& t) {
    ordered_json out{{"after_s", jsonNumber(t.after.count())}, {"body", id(t.body)}};
    unlessWord(Leftover::Abandon, "leftover", t.leftover, words::kLeftover, out);
    unlessWord(Cause::Timeout, "cause", t.cause, words::kCause, out);
    return out;
}

} // namespace

ordered_json writeLaw(const Distribution& law) {
    ordered_json phases = ordered_json::array();
    for (const Phase& phase : law.phases) {
        ordered_json out = ordered_json::object();
        unless(1, "weight", phase.weight.value, out);
        unless(0, "offset_s", phase.offset.count(), out);
        unless(1, "shape", phase.shape, out);
        unless(0, "scale_s", phase.scale.count(), out);
        phases.push_back(out);
    }
    return {{"phases", phases}};
}

ordered_json writeBody(const Body& body) {
    const std::string kind(words::kSteps[body.index()]);
    ordered_json out = ordered_json::object();
    out[kind] = std::visit([](const auto& step) { return write(step); }, body);
    return out;
}

} // namespace plimsoll::exchange
