// Small models that the solver's tests share.
#pragma once
#include "engine/distribution/distribution.h"
#include "engine/solve/solve.h"

#include <span>

namespace plimsoll::tests {

using namespace flow;

struct StationSpec {
    std::uint32_t servers = 1;
    double utilisation = 0.5;
};

inline StepId addStep(Model& model, Body body) {
    model.steps.push_back({{}, std::move(body)});
    return StepId(model.steps.size() - 1);
}

inline StepId addServe(Model& model, Station station, Distribution demand) {
    model.stations.push_back(station);
    return addStep(model, Serve{StationId(model.stations.size() - 1), std::move(demand)});
}

inline Distribution exponential(double mean_s) {
    return distribution::exponential(Seconds{mean_s});
}

inline void addClass(Model& model, std::string name, double rate_per_s, StepId root) {
    model.classes.push_back({std::move(name), {}, Open{{rate_per_s}}, root});
}

/// Exponential first-come-first-served stations in a row; service times follow from the utilisations.
inline Model chain(std::span<const StationSpec> specs, double rate_per_s) {
    Model model;
    Sequence sequence;
    for (const StationSpec& spec : specs) {
        Station station;
        station.servers = spec.servers;
        sequence.steps.push_back(addServe(model, station, exponential(spec.utilisation * spec.servers / rate_per_s)));
    }
    const StepId root = addStep(model, sequence);
    addClass(model, "request", rate_per_s, root);
    return model;
}

} // namespace plimsoll::tests
