#include "models/validation/validation_json.h"

#include "models/exchange/json_text.h"

#include <nlohmann/json.hpp>

namespace plimsoll::validation {

namespace {

using nlohmann::ordered_json;

ordered_json figure(const std::optional<double>& value) {
    return value ? exchange::jsonNumber(*value) : ordered_json(nullptr);
}

ordered_json summaryJson(const Summary& summary) {
    constexpr std::array<const char*, FigureCount> kNames{"mean", "p50", "p95", "p99"};
    const Band& band = kBands[summary.band];
    ordered_json object{{"family", summary.family}, {"utilisation", {band.low, band.high}}, {"cases", summary.cases}};
    for (std::size_t i = 0; i < kNames.size(); ++i)
        object[kNames[i]] = {{"median", figure(summary.median[i])},
                             {"worst", figure(summary.worst[i])},
                             {"uncertainty", figure(summary.uncertainty[i])}};
    return object;
}

} // namespace

std::string validationToJson(const Options& options, const Outcome& outcome) {
    constexpr int kFormat = 1, kIndent = 2;
    ordered_json object{{"format_version", kFormat},          {"models", options.models},
                        {"requests", options.requests},       {"seed", options.seed},
                        {"summaries", ordered_json::array()}, {"missing", ordered_json::array()}};
    for (const auto& summary : summaries(outcome)) object["summaries"].push_back(summaryJson(summary));
    for (const auto& missing : outcome.missing)
        object["missing"].push_back(
            {{"family", missing.family}, {"models", missing.models}, {"reason", missing.reason}});
    return object.dump(kIndent, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

} // namespace plimsoll::validation
