// h(n) = g(n) + sum_k d_k h(n - 1_k): in place for one station after the other, and for copies beside each other.
#include "engine/network/single_servers.h"

#include <algorithm>
#include <array>

namespace plimsoll::network {
namespace {

/// A few stations along one row. `chain` and `copies` hold, `stride` apart, what stands one step back in the first
/// class; `first` and `along` are the demands of the first and the last class.
template <std::size_t Count, bool Chain, bool Copies> void runBlock(double* chain, double* copies, std::size_t stride,
                                                                    const double* first, const double* along,
                                                                    double* network, std::size_t length) {
    std::array<double, Count> f, a, lastChain{}, lastCopies{};
    for (std::size_t s = 0; s < Count; ++s) f[s] = first[s], a[s] = along[s];
    for (std::size_t j = 0; j < length; ++j) {
        double value = network[j];
        if constexpr (Chain) {
            for (std::size_t s = 0; s < Count; ++s) {
                value = (value + f[s] * chain[s]) + a[s] * lastChain[s];
                chain[s] = lastChain[s] = value;
            }
            network[j] = value;
            chain += stride;
        }
        if constexpr (Copies) {
            for (std::size_t s = 0; s < Count; ++s)
                copies[s] = lastCopies[s] = (value + f[s] * copies[s]) + a[s] * lastCopies[s];
            copies += stride;
        }
    }
}

constexpr std::size_t kBlock = 4;

template <bool Chain, bool Copies> void runBlockOf(std::size_t count, double* chain, double* copies, std::size_t stride,
                                                   const double* first, const double* along, double* network,
                                                   std::size_t length) {
    switch (count) {
    case 1: return runBlock<1, Chain, Copies>(chain, copies, stride, first, along, network, length);
    case 2: return runBlock<2, Chain, Copies>(chain, copies, stride, first, along, network, length);
    case 3: return runBlock<3, Chain, Copies>(chain, copies, stride, first, along, network, length);
    default: return runBlock<kBlock, Chain, Copies>(chain, copies, stride, first, along, network, length);
    }
}

} // namespace

SingleServers::SingleServers(PopulationBox& box, std::span<const double> demands, std::size_t count,
                             std::vector<double>& chain, std::vector<double>& copies)
    : m_box(box), m_demands(demands), m_count(count), m_chain(chain), m_copies(copies),
      m_noted((box.users.size() + 1) * count), m_ones(count, 1.0) {}

void SingleServers::add(std::vector<double>& network) {
    run<true, false>(network);
}
void SingleServers::copy(std::vector<double>& network) {
    run<false, true>(network);
}
void SingleServers::addAndCopy(std::vector<double>& network) {
    run<true, true>(network);
}

template <bool Chain, bool Copies> void SingleServers::run(std::vector<double>& network) {
    const std::size_t slab = m_box.stride[0], classes = m_box.users.size();
    if (Chain) m_chain.assign(slab * m_count, 0);
    if (Copies) m_copies.assign(slab * m_count, 0);
    m_box.forRows([&](std::size_t index, std::span<const std::size_t> n) {
        const std::size_t row = index % slab;
        if (Copies && n[0] == m_box.users[0] && row == 0) note(0, slab - 1);
        runRow<Chain, Copies>(network.data() + index, row, n);
    });
    if (!Copies) return;
    for (std::size_t k = 1; k < classes; ++k) note(k, slab - 1 - m_box.stride[k]);
    note(classes, slab - 1);
}

void SingleServers::note(std::size_t k, std::size_t position) {
    std::copy_n(m_copies.begin() + std::ptrdiff_t(position * m_count), m_count,
                m_noted.begin() + std::ptrdiff_t(k * m_count));
}

/// What the classes between the first and the last bring, if there are any; returns the factor of what then stands
/// there.
const double* SingleServers::enter(double* values, std::size_t row, std::span<const std::size_t> n) const {
    const std::size_t inner = m_box.last(), length = (m_box.users[inner] + 1) * m_count;
    if (inner < 2) return m_demands.data();
    double* here = values + row * m_count;
    for (std::size_t p = 0; p < length; p += m_count)
        for (std::size_t s = 0; s < m_count; ++s) here[p + s] *= m_demands[s];
    for (std::size_t k = 1; k < inner; ++k) {
        if (n[k] == 0) continue;
        const double* back = here - m_box.stride[k] * m_count;
        const double* demand = m_demands.data() + k * m_count;
        for (std::size_t p = 0; p < length; p += m_count)
            for (std::size_t s = 0; s < m_count; ++s) here[p + s] += demand[s] * back[p + s];
    }
    return m_ones.data();
}

template <bool Chain, bool Copies>
void SingleServers::runRow(double* network, std::size_t row, std::span<const std::size_t> n) {
    const double* first = nullptr;
    if (Chain) first = enter(m_chain.data(), row, n);
    if (Copies) first = enter(m_copies.data(), row, n);
    const double* along = m_demands.data() + m_box.last() * m_count;
    const std::size_t length = m_box.users.back() + 1;
    double* chain = Chain ? m_chain.data() + row * m_count : nullptr;
    double* copies = Copies ? m_copies.data() + row * m_count : nullptr;
    if (m_count <= kBlock)
        return m_count > 0 ? runBlockOf<Chain, Copies>(m_count, chain, copies, m_count, first, along, network, length)
                           : void();
    for (std::size_t s = 0; Chain && s < m_count; s += kBlock)
        runBlockOf<true, false>(m_count - s, chain + s, nullptr, m_count, first + s, along + s, network, length);
    for (std::size_t s = 0; Copies && s < m_count; s += kBlock)
        runBlockOf<false, true>(m_count - s, nullptr, copies + s, m_count, first + s, along + s, network, length);
}

} // namespace plimsoll::network
