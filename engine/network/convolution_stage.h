// One more station for a closed network. Internal to engine/network.
#pragma once
#include "engine/network/convolution.h"

namespace plimsoll::network {

/// The network of `before` and the station; `numbers` (none wanted: empty) the mean number at the station for each
/// population.
void addStation(const ClosedStation& station, const ClosedRates& before, ClosedRates& after, std::span<double> numbers,
                ConvolutionScratch& scratch);

} // namespace plimsoll::network
