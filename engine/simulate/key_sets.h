// The keys that requests have drawn: a set has one of each key space, and is shared by what a request starts.
#pragma once
#include "engine/simulate/machine_settings.h"
#include "engine/simulate/program.h"

#include <algorithm>

namespace plimsoll::simulate {

class KeySets {
public:
    KeySets(const Program& program, std::uint64_t seed) : m_program(program) {
        for (std::size_t i = 0; i < program.keySpaces.size(); ++i) m_random.emplace_back(seedOf(seed, kKeys, i));
    }
    /// A set with nothing drawn yet; kNone where the model has no key spaces.
    std::uint32_t take() {
        const std::size_t spaces = m_program.keySpaces.size();
        if (spaces == 0) return kNone;
        if (m_free.empty()) {
            m_free.push_back(std::uint32_t(m_uses.size()));
            m_uses.push_back(0);
            m_keys.resize(m_keys.size() + spaces);
            m_bits.resize(m_bits.size() + spaces);
        }
        const std::uint32_t set = m_free.back();
        m_free.pop_back();
        m_uses[set] = 1;
        for (std::size_t i = 0; i < spaces; ++i) {
            m_keys[set * spaces + i] = kUndrawn;
            m_bits[set * spaces + i] = m_random[i].bits();
            m_program.keySpaces[i].keys.prefetch(m_bits[set * spaces + i]);
        }
        return set;
    }
    void share(std::uint32_t set) {
        if (set != kNone) ++m_uses[set];
    }
    void drop(std::uint32_t set) {
        if (set != kNone && --m_uses[set] == 0) m_free.push_back(set);
    }
    /// Its bits are drawn on arrival, so that the table has come from memory when the key is first asked for.
    std::uint64_t key(std::uint32_t set, std::uint32_t space) {
        const std::size_t place = set * m_program.keySpaces.size() + space;
        std::uint64_t& key = m_keys[place];
        if (key == kUndrawn) key = m_program.keySpaces[space].keys.drawn(m_bits[place], m_random[space]);
        return key;
    }

private:
    static constexpr std::uint64_t kUndrawn = ~std::uint64_t(0);

    const Program& m_program;
    std::vector<Random> m_random; ///< by space
    std::vector<std::uint32_t> m_uses, m_free;
    std::vector<std::uint64_t> m_keys, m_bits; ///< by set and space
};

} // namespace plimsoll::simulate
