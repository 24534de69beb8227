// A closed product-form network of one class at every population from 1 up: the flow-equivalent server of what is
// inside a pool (Chandy, Herzog and Woo 1975) and the exact solution of one closed class, by convolution (Buzen 1973).
#pragma once
#include <span>
#include <vector>

namespace plimsoll::network {

/// One station: `servers` equal ones, or one whose rate depends on how many are there.
struct ClosedStation {
    double demand_s = 0; // visits a round x mean service; 0 is allowed: nothing happens there
    double servers = 1;  // whole, >= 1
    /// Where not empty: visits a second with 1, 2 ... present, each > 0, the last one also beyond; `demand_s` and
    /// `servers` are then not looked at, and `visits` is how often a round comes here, > 0.
    std::span<const double> rates_per_s = {};
    double visits = 1;
};

/// Stations and a delay (think time, pure delays) that a round of each customer passes. Times 1e-30 to 1e30; something
/// takes time.
struct ClosedNetwork {
    std::span<const ClosedStation> stations;
    double delay_s = 0;
};

/// A network as its throughput in rounds a second, with 1, 2 ... inside.
struct ClosedRates {
    std::vector<double> rate_per_s;
    bool empty = true;  // takes no time yet: rates without bound
    bool rising = true; // more inside, not slower
};

/// Storage that calls reuse: no allocation once it has grown.
struct ConvolutionScratch {
    std::vector<double> rate, inverse, longest;       // of the station
    std::vector<double> inverseBefore, highestBefore; // of the network before it
    std::vector<std::size_t> order;
    std::vector<ClosedRates> networks;
};

/// Throughput X(n) in rounds a second, n = 1 .. throughput_per_s.size(). Exact: every term is positive and marginal
/// probabilities are carried in place of products, so that nothing cancels or overflows (relative error about 1e-13 at
/// 100,000 customers). A station costs O(n min(c, 20 sqrt c)) for c servers or rates, O(n c) where a rate falls.
void closedThroughput(const ClosedNetwork& network, std::span<double> throughput_per_s, ConvolutionScratch& scratch);

/// The same with the mean number at station i with n inside in numbers[i * population + n - 1]. Leaving out one of S
/// stations with several servers or rates at a time costs log2(S) times as much.
void closedNumbers(const ClosedNetwork& network, std::span<double> throughput_per_s, std::span<double> numbers,
                   ConvolutionScratch& scratch);

} // namespace plimsoll::network
