// The lattice of population vectors from 0 to the users of each class. Internal to engine/network.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace plimsoll::network {

/// Points are numbered with the last class contiguous.
struct PopulationBox {
    std::vector<std::size_t> users, stride;
    std::size_t size = 1;

    explicit PopulationBox(std::vector<std::size_t> usersOfClasses)
        : users(std::move(usersOfClasses)), stride(users.size()), m_zero(users.size(), 0), m_at(users.size()) {
        for (std::size_t k = users.size(); k-- > 0;) {
            stride[k] = size;
            size *= users[k] + 1;
        }
    }
    std::size_t last() const { return users.size() - 1; }

    /// Calls row(index of its first point, n) for every row along the last class with n_k >= from_k before it.
    template <class Row> void forRows(std::span<const std::size_t> from, Row row) {
        m_at.assign(from.begin(), from.end());
        for (;;) {
            std::size_t index = 0;
            for (std::size_t k = 0; k < last(); ++k) index += m_at[k] * stride[k];
            row(index, std::span<const std::size_t>(m_at));
            std::size_t k = last();
            while (k > 0 && m_at[k - 1] == users[k - 1]) {
                m_at[k - 1] = from[k - 1];
                --k;
            }
            if (k == 0) return;
            ++m_at[k - 1];
        }
    }
    template <class Row> void forRows(Row row) { forRows(m_zero, row); }

private:
    std::vector<std::size_t> m_zero, m_at;
};

} // namespace plimsoll::network
