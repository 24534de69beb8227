#include "engine/simulate/tally.h"

namespace plimsoll::simulate {

void FlowTally::closeBatch(double length) {
    const std::uint64_t failedNow = failures();
    batches.push_back({length, offered - m_offeredBefore, failedNow - m_failedBefore, sum - m_sumBefore,
                       latencies.coarser(Batch::kBits)});
    all.add(latencies);
    latencies.clear();
    m_offeredBefore = offered;
    m_failedBefore = failedNow;
    m_sumBefore = sum;
}

} // namespace plimsoll::simulate
