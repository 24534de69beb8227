// Lists of targets that fan-outs have called, used again so that none is allocated in the long run.
#pragma once
#include "engine/balancer/settings.h"

#include <deque>
#include <vector>

namespace plimsoll::simulate {

class TargetLists {
public:
    /// An empty list, by its number.
    std::uint32_t take() {
        if (m_free.empty()) {
            m_free.push_back(std::uint32_t(m_lists.size()));
            m_lists.emplace_back();
        }
        const std::uint32_t list = m_free.back();
        m_free.pop_back();
        m_lists[list].clear();
        return list;
    }
    void giveBack(std::uint32_t list) { m_free.push_back(list); }
    std::vector<balancer::Target>& operator[](std::uint32_t list) { return m_lists[list]; }

private:
    std::deque<std::vector<balancer::Target>> m_lists; ///< stay where they are
    std::vector<std::uint32_t> m_free;
};

} // namespace plimsoll::simulate
