// The steps of a model, one op each, with the ops that fan-outs and spawns need beside them.
#include "engine/simulate/compiler.h"

#include <utility>

namespace plimsoll::simulate {

namespace {

std::uint32_t id(auto value) {
    return std::to_underlying(value);
}

} // namespace

void Compiler::steps() {
    Program& program = m_program;
    program.steps = m_model.steps.size();
    program.ops.resize(program.steps);
    for (std::size_t i = 0; i < program.steps; ++i) {
        Op op;
        std::visit([&](const auto& body) { compile(body, op); }, m_model.steps[i].body);
        program.ops[i] = std::move(op);
    }
    for (std::size_t i = 0; i < program.steps; ++i) {
        if (program.ops[i].kind != OpKind::FanOut && program.ops[i].kind != OpKind::Spawn) continue;
        Op copy;
        copy.kind = OpKind::Copy;
        copy.resource = program.ops[i].resource;
        copy.alone = program.ops[i].alone;
        copy.first = program.ops[i].first;
        program.ops[i].next = std::uint32_t(program.ops.size());
        program.ops.push_back(std::move(copy));
    }
}

void Compiler::use(Op& op, std::uint32_t first, flow::FleetId fleet) {
    op.resource = first;
    op.fleet = id(fleet);
    op.alone = fleetSize(fleet) == 1;
    op.dead = op.alone && allDown(fleet);
}

void Compiler::compile(const flow::Sequence& body, Op& op) {
    op.kind = OpKind::Sequence;
    op.first = std::uint32_t(m_program.children.size());
    op.count = std::uint32_t(body.steps.size());
    for (const flow::StepId step : body.steps) m_program.children.push_back(id(step));
}

void Compiler::compile(const flow::Repeat& body, Op& op) {
    op.kind = OpKind::Repeat;
    op.next = id(body.body);
    op.amount = body.count;
    op.fresh = body.freshKeys && !m_model.keySpaces.empty();
}

void Compiler::compile(const flow::Serve& body, Op& op) {
    const std::size_t station = id(body.station);
    op.kind = OpKind::Serve;
    use(op, m_program.stationFirst[station], m_model.stations[station].fleet);
    op.law = Sampler(body.demand);
    if (!m_stationRanks[station].empty()) op.rank = m_stationRanks[station].at(body.priority);
}

void Compiler::compile(const flow::Delay& body, Op& op) {
    op.kind = OpKind::Delay;
    op.law = Sampler(body.duration);
    if (op.law.isConstant()) op.lane = m_program.lanes++;
}

void Compiler::callTargets(Op& op, flow::BalancerId via, const std::vector<flow::EntryId>& entries, bool findLeaf) {
    const BalancerPlan& plan = m_program.balancers[id(via)];
    op.resource = plan.first;
    op.fleet = id(m_model.balancers[id(via)].fleet);
    op.alone = plan.instances == 1;
    op.first = std::uint32_t(m_program.targets.size());
    op.count = std::uint32_t(plan.candidates.size());
    op.other = id(via);
    for (const Candidate& candidate : plan.candidates) {
        const flow::StepId root = m_model.entries[id(entries[candidate.backend])].root;
        const std::uint32_t leaf = findLeaf ? firstLeaf(root) : kNone;
        m_program.targets.push_back({candidate.fleet, candidate.instance, id(root), leaf});
    }
}

/// The Hold or Limit that comes first in an entry, inside any Sequence, Attempt and Timeout around it.
std::uint32_t Compiler::firstLeaf(flow::StepId root) const {
    for (std::uint32_t step = id(root);;) {
        const flow::Body& body = m_model.steps[step].body;
        if (std::holds_alternative<flow::Hold>(body) || std::holds_alternative<flow::Limit>(body)) return step;
        if (const auto* sequence = std::get_if<flow::Sequence>(&body)) {
            if (sequence->steps.empty()) return kNone;
            step = id(sequence->steps.front());
        } else if (const auto* attempt = std::get_if<flow::Attempt>(&body)) {
            step = id(attempt->body);
        } else if (const auto* timeout = std::get_if<flow::Timeout>(&body)) {
            step = id(timeout->body);
        } else {
            return kNone;
        }
    }
}

void Compiler::compile(const flow::Call& body, Op& op) {
    op.kind = OpKind::Call;
    op.amount = body.count;
    callTargets(op, body.via, body.entries, false);
    op.direct = m_program.balancers[id(body.via)].single;
    if (!body.fanOut) return;
    op.kind = OpKind::FanOut;
    op.everyone = body.fanOut->copies == 0;
    op.copies = body.fanOut->copies;
    op.need = body.fanOut->need;
    op.cancel = body.fanOut->leftover == flow::Leftover::Cancel;
    op.staggered = body.fanOut->stagger.has_value();
    if (op.staggered) op.pause = toSeconds(*body.fanOut->stagger);
}

void Compiler::compile(const flow::Spawn& body, Op& op) {
    op.kind = OpKind::Spawn;
    op.amount = body.count;
    op.everyone = body.everyInstance;
    op.refusalFails = body.refusalFailsCaller;
    callTargets(op, body.via, body.entries, body.refusalFailsCaller);
}

void Compiler::compile(const flow::Parallel& body, Op& op) {
    op.kind = OpKind::Parallel;
    op.first = std::uint32_t(m_program.children.size());
    op.count = std::uint32_t(body.branches.size());
    for (const flow::StepId step : body.branches) m_program.children.push_back(id(step));
    op.need = body.need == 0 ? op.count : body.need;
    op.cancel = body.leftover == flow::Leftover::Cancel;
}

void Compiler::compile(const flow::Choice& body, Op& op) {
    op.kind = OpKind::Choice;
    op.first = std::uint32_t(m_program.branches.size());
    double sum = 0;
    for (const flow::Branch& branch : body.branches) {
        if (branch.probability.value <= 0) continue;
        m_program.branches.emplace_back(sum += branch.probability.value, id(branch.step));
    }
    op.count = std::uint32_t(m_program.branches.size()) - op.first;
}

void Compiler::compile(const flow::Lookup& body, Op& op) {
    const std::size_t cache = id(body.cache);
    op.kind = OpKind::Lookup;
    use(op, id(body.cache), m_model.caches[cache].fleet);
    op.dead = false;
    op.next = id(body.onMiss);
    op.other = id(body.onHit);
}

void Compiler::compile(const flow::Invalidate& body, Op& op) {
    const std::size_t cache = id(body.cache);
    op.kind = OpKind::Invalidate;
    use(op, id(body.cache), m_model.caches[cache].fleet);
    op.dead = false;
    op.amount = body.keys;
}

void Compiler::compile(const flow::Hold& body, Op& op) {
    const std::size_t pool = id(body.pool);
    op.kind = OpKind::Hold;
    use(op, m_program.poolFirst[pool], m_model.pools[pool].fleet);
    op.next = id(body.body);
    op.rank = m_poolRanks[pool].at(body.priority);
}

void Compiler::compile(const flow::Limit& body, Op& op) {
    const std::size_t limiter = id(body.limiter);
    op.kind = OpKind::Limit;
    use(op, m_program.limiterFirst[limiter], m_model.limiters[limiter].fleet);
}

void Compiler::compile(const flow::Fail& body, Op& op) {
    op.kind = OpKind::Fail;
    op.amount = body.probability.value;
    op.cause = body.cause;
}

void Compiler::compile(const flow::Attempt& body, Op& op) {
    op.kind = OpKind::Attempt;
    op.next = id(body.body);
    op.copies = body.maxAttempts;
    op.pause = toSeconds(body.backoff);
    op.factor = body.backoffFactor;
    op.cap = toSeconds(body.backoffCap);
    op.jitter = body.fullJitter;
    op.budget = body.budget.value_or(-1);
    for (const flow::Cause cause : body.on) op.causes |= 1u << std::to_underlying(cause);
    if (body.on.empty()) op.causes = ~0u;
    if (body.fallback) op.other = id(*body.fallback);
}

void Compiler::compile(const flow::Timeout& body, Op& op) {
    op.kind = OpKind::Timeout;
    op.next = id(body.body);
    op.amount = toSeconds(body.after);
    op.cancel = body.leftover == flow::Leftover::Cancel;
    op.cause = body.cause;
    op.lane = m_program.lanes++;
}

} // namespace plimsoll::simulate
