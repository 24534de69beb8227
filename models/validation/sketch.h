// Random models of known shape, drawn in a few words. Internal to models/validation.
#pragma once
#include "engine/distribution/distribution.h"
#include "engine/flow/model.h"

#include <cstdint>
#include <random>

namespace plimsoll::validation {

/// Draws that are the same on every machine for a seed (the engine's bits are standard, std's distributions are not).
class Random {
public:
    explicit Random(std::uint64_t seed) : m_engine(seed) {}
    double uniform(double low, double high) {
        constexpr int kMantissa = 53;
        return low + (high - low) * static_cast<double>(m_engine() >> (64 - kMantissa)) * 0x1p-53;
    }
    /// low … high, both included.
    std::uint32_t whole(std::uint32_t low, std::uint32_t high) {
        return low + static_cast<std::uint32_t>(m_engine() % (high - low + 1));
    }

private:
    std::mt19937_64 m_engine;
};

/// Arrivals of an open class in every sketch; times follow from the utilisation wanted.
inline constexpr double kRate_per_s = 100;

/// A model under construction. Demands are given by the utilisation that they cause at kRate_per_s.
class Sketch {
public:
    flow::Model model;

    flow::StepId step(flow::Body body);
    flow::StepId sequence(std::vector<flow::StepId> steps) { return step(flow::Sequence{std::move(steps)}); }
    flow::FleetId fleet(std::uint32_t instances);
    flow::StationId station(std::uint32_t servers, flow::Discipline discipline = flow::Discipline::Fcfs,
                            flow::FleetId fleet = {});
    /// One visit a request that keeps the station, all instances together, busy to `utilisation`.
    flow::StepId serve(flow::StationId station, double utilisation, double scv = 1, double visits = 1,
                       std::uint8_t priority = 0);
    flow::StepId delay(double mean_s, double scv = 1);
    flow::PoolId pool(std::uint32_t tokens, flow::FleetId fleet = {});
    /// A call through a balancer of one backend, `root` running there.
    flow::StepId call(flow::FleetId target, flow::StepId root, flow::Policy policy = flow::Policy::Random);
    void open(flow::StepId root, double rate_per_s = kRate_per_s, double scv = 1, double batch = 1);
    void closed(flow::StepId root, std::uint32_t users, double think_s);

private:
    std::string freeName() const { return "class " + std::to_string(model.classes.size() + 1); }
};

} // namespace plimsoll::validation
