#include "engine/simulate/random.h"

namespace plimsoll::simulate {

namespace {

// Right edge of the base layer and area of every layer, for 256 layers (Marsaglia and Tsang 2000).
constexpr double kTail = 7.69711747013104972;
constexpr double kArea = 3.949659822581572e-3;

} // namespace

ExponentialLayers::ExponentialLayers() {
    edge[0] = kArea * std::exp(kTail);
    edge[1] = kTail;
    for (std::size_t i = 1; i < 255; ++i) edge[i + 1] = -std::log(std::exp(-edge[i]) + kArea / edge[i]);
    edge[256] = 0;
    for (std::size_t i = 0; i < edge.size(); ++i) density[i] = std::exp(-edge[i]);
}

const ExponentialLayers kExponentialLayers;

double Random::exponentialAtEdge(std::size_t layer, double candidate) {
    double shift = 0;
    for (;;) {
        if (layer == 0) {
            shift += kTail;
        } else {
            const double low = kExponentialLayers.density[layer], high = kExponentialLayers.density[layer + 1];
            if (low + uniform() * (high - low) < std::exp(-candidate)) return shift + candidate;
        }
        const std::uint64_t word = bits();
        layer = word & 255u;
        candidate = double(word >> 11) * 0x1p-53 * kExponentialLayers.edge[layer];
        if (candidate < kExponentialLayers.edge[layer + 1]) return shift + candidate;
    }
}

double Random::normal() {
    for (;;) {
        const double x = 2 * uniform() - 1, y = 2 * uniform() - 1, square = x * x + y * y;
        if (square < 1 && square > 0) return x * std::sqrt(-2 * std::log(square) / square);
    }
}

double Random::gamma(double shape) {
    if (shape < 1) return gamma(shape + 1) * std::pow(uniformAboveZero(), 1 / shape);
    const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
    for (;;) {
        const double x = normal(), root = 1 + c * x;
        if (root <= 0) continue;
        const double v = root * root * root, u = uniformAboveZero();
        if (std::log(u) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
    }
}

} // namespace plimsoll::simulate
