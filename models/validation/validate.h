// The solver against the simulator, over families of random models and every template.
#pragma once
#include "models/validation/families.h"

#include <array>
#include <expected>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace plimsoll::validation {

struct Options {
    std::uint32_t models = 8;         // of a family in each band of utilisation
    std::uint64_t requests = 200'000; // simulated, of one model
    std::uint64_t seed = 1;
    std::string family; // one alone, by its id; empty: all of them and the templates
};

/// The bands of the busiest station's utilisation.
struct Band {
    double low = 0, high = 0;
};
inline constexpr std::array kBands{Band{0.2, 0.5}, Band{0.5, 0.7}, Band{0.7, 0.85}, Band{0.85, 0.95}};

enum Figure : std::uint8_t { Mean, P50, P95, P99, FigureCount };

/// One request type of one model.
struct Case {
    std::string family;                                         // or "template:ID"
    std::size_t band = 0;                                       // in kBands
    std::array<std::optional<double>, FigureCount> deviation;   // solved / simulated − 1
    std::array<std::optional<double>, FigureCount> uncertainty; // half the simulated 95 % interval / the figure
};

/// What could not be compared, with the reason.
struct Missing {
    std::string family, reason;
    std::uint32_t models = 0;
};

struct Outcome {
    std::vector<Case> cases;
    std::vector<Missing> missing;
};

/// The same outcome for the same options on any number of threads. `progress` gets the share done. Error: no family of
/// that id, or stopped.
std::expected<Outcome, std::string> validate(const Options& options, const std::stop_token& stop = {},
                                             const std::function<void(double)>& progress = {});

/// The cases of one family in one band.
struct Summary {
    std::string family;
    std::size_t band = 0;
    std::size_t cases = 0;
    std::array<std::optional<double>, FigureCount> median, worst; // of the absolute deviation
    std::array<std::optional<double>, FigureCount> uncertainty;   // median: what the simulation itself leaves open
};
std::vector<Summary> summaries(const Outcome& outcome);

} // namespace plimsoll::validation
