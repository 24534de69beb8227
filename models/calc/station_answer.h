// How the topics about one resource write their figures. Internal to models/calc.
#pragma once
#include "engine/queueing/wait.h"
#include "models/calc/inputs.h"

#include <functional>

namespace plimsoll::calc {

using Quantile = std::function<double(double)>; // of a level in [0, 1), in s

/// The figures of one answer in their order. Where there is no steady state, those that need one are null.
class StationAnswer {
public:
    explicit StationAnswer(bool steady = true) : m_steady(steady) {}

    /// Always.
    void set(std::string_view key, double value) { m_out[std::string(key)] = ordered_json(value); }
    void set(std::string_view key, bool value) { m_out[std::string(key)] = value; }
    /// Of the steady state.
    void put(std::string_view key, double value);
    /// `<prefix>_p50_s` ... `<prefix>_p999_s`.
    void putQuantiles(std::string_view prefix, const Quantile& quantile);
    /// Probability, mean, second moment and scv of a wait.
    void putWait(const queueing::Wait& wait);

    ordered_json finish(std::string_view method, flow::Exactness exactness);

private:
    bool m_steady;
    ordered_json m_out = ordered_json::object();
};

/// What an unlimited queue is offered. steady: load < servers.
struct Offered {
    double servers = 1, rate_per_s = 0, serviceMean_s = 0;
    double load() const { return rate_per_s * serviceMean_s; }
    bool steady() const { return load() < servers; }
};
/// An answer that begins with stable, load, utilisation, what is carried and how fast the backlog grows.
StationAnswer answerTo(const Offered& offered);

/// All figures of an unlimited queue: `wait` and the quantiles are asked for in the steady state only.
struct QueueFigures {
    std::function<queueing::Wait()> wait;
    Quantile waitQuantile, responseQuantile;
};
StationAnswer answerQueue(const Offered& offered, const QueueFigures& figures);

} // namespace plimsoll::calc
