// The kinds of steps.
#pragma once
#include <cstdint>

namespace plimsoll::simulate {

enum class OpKind : std::uint8_t {
    Sequence,
    Repeat,
    Serve,
    Delay,
    Call,   ///< one at a time
    FanOut, ///< a Call of several copies
    Spawn,
    Parallel,
    Choice,
    Lookup,
    Invalidate,
    Hold,
    Limit,
    Fail,
    Attempt,
    Timeout,
    Copy ///< one call of a fan-out, or the call of a job: no step of the model
};

} // namespace plimsoll::simulate
