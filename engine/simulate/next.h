// What a strand does next.
#pragma once
#include "engine/simulate/strand.h"

namespace plimsoll::simulate {

/// It enters a step, leaves the one on top of its stack with an outcome, or waits to be woken. In one word, since the
/// steps hand it from one to the other.
class Next {
public:
    static constexpr Next enter(std::uint32_t step) { return Next(step); }
    static constexpr Next leave(Outcome outcome) { return Next(kLeaves | outcome.code()); }
    static constexpr Next succeed() { return leave(Outcome()); }
    static constexpr Next fail(flow::Cause cause) { return leave(Outcome(cause)); }
    static constexpr Next wait() { return Next(kWaits); }

    bool enters() const { return m_word < kLeaves; }
    bool waits() const { return m_word == kWaits; }
    std::uint32_t step() const { return m_word; }
    Outcome outcome() const { return Outcome::fromCode(std::uint8_t(m_word)); }

private:
    static constexpr std::uint32_t kLeaves = 1u << 31, kWaits = ~0u;
    constexpr explicit Next(std::uint32_t word) : m_word(word) {}

    std::uint32_t m_word;
};

} // namespace plimsoll::simulate
