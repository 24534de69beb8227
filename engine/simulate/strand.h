// A strand: one thread of control of a request, a job, a branch or a copy of a call. It runs steps in sequence and
// keeps the steps it is inside of on a stack of records.
#pragma once
#include "engine/flow/model.h"

#include <cstdint>
#include <memory>

namespace plimsoll::simulate {

inline constexpr std::uint32_t kNone = ~0u;

/// Success, or failure with a cause.
class Outcome {
public:
    constexpr Outcome() = default;
    constexpr explicit Outcome(flow::Cause cause) : m_code(std::uint8_t(std::uint8_t(cause) + 1)) {}
    constexpr bool ok() const { return m_code == 0; }
    constexpr flow::Cause cause() const { return flow::Cause(m_code - 1); }
    /// As a number, and back.
    constexpr std::uint8_t code() const { return m_code; }
    static constexpr Outcome fromCode(std::uint8_t code) {
        Outcome outcome;
        outcome.m_code = code;
        return outcome;
    }

private:
    std::uint8_t m_code = 0;
};

/// A step that a strand is inside of. What `state` and a to d mean depends on the kind of step; interpreter.cpp says.
struct Record {
    std::uint32_t step = 0, state = 0;
    std::uint32_t a = kNone, b = kNone, c = kNone, d = kNone;
    double entered = 0; ///< when
    double own = 0;     ///< the strand's own time before it
    union {
        double since = 0;  ///< Call: when dialled
        std::uint64_t key; ///< Lookup
    };
};

/// What a strand waits for.
enum class Waits : std::uint8_t {
    Nothing,
    Start,   ///< made, not yet run
    Queue,   ///< for a server of a station
    Service, ///< in service
    Time,    ///< a delay, or the pause before a retry
    Token,   ///< of a pool
    Boot,    ///< of a token made for it
    Limiter,
    Join,  ///< the outcomes of other strands
    Fetch, ///< another strand fetches the same key
    Hung   ///< a dead instance does not answer
};

enum class StrandKind : std::uint8_t { Request, Job, Child, Detached };

struct StepTally;

/// In the order of use: what every step and every wait touch stands first.
struct alignas(64) Strand {
    Record* records = nullptr;
    StepTally* tallies = nullptr; ///< of its flow, by op
    std::uint32_t depth = 0, capacity = 0;
    std::uint32_t flow = 0; ///< class x 2, + 1 for jobs
    std::uint32_t fleet = 0, instance = 0;
    std::uint32_t keys = kNone; ///< its key set
    double own = 0;             ///< waiting for and using resources of its fleet, in the entry it is in
    double since = 0;           ///< when it began to wait
    std::uint32_t ticket = ~0u; ///< of its event
    StrandKind kind = StrandKind::Request;
    Waits waits = Waits::Nothing;
    Outcome outcome;       ///< with which it was woken
    std::uint8_t rank = 0; ///< priority at what it waits for, 0 first

    std::uint32_t where = kNone; ///< instance of the resource it waits for
    std::uint32_t timer = kNone; ///< in a lane: the end of a constant delay, or of its patience
    double work = 0;             ///< seconds of service left
    double demand = 0;           ///< seconds of service asked for at a shared station
    Strand* previous = nullptr;  ///< in the queue of what it waits for
    Strand* next = nullptr;
    double started = 0; ///< arrival of the request, start of the job
    std::uint32_t id = 0;
    bool ready = false; ///< it has been woken and will run in this instant
    bool live = false;

    Strand* parent = nullptr; ///< waits for it
    Strand* firstChild = nullptr;
    Strand* previousSibling = nullptr;
    Strand* nextSibling = nullptr;

    Record& top() { return records[depth - 1]; }
};

} // namespace plimsoll::simulate
