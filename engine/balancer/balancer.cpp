#include "engine/balancer/balancer.h"

namespace plimsoll::balancer {

std::uint64_t keyAt(double share) {
    if (!(share > 0)) return 0;
    return share < 1 ? static_cast<std::uint64_t>(share * 0x1p64) : ~std::uint64_t(0);
}

} // namespace plimsoll::balancer
