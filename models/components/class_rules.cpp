#include "models/components/class_rules.h"

#include "models/components/component_type.h"

#include <fmt/format.h>

#include <cmath>

namespace plimsoll::components {
namespace {

using document::Error;
using Fault = std::optional<Error>;

constexpr double kHighestRate_per_s = 1e9;
constexpr double kMostUsers = 4e9;
constexpr double kLongestThink_s = 30 * 86'400.0; // a month
constexpr double kLargestScv = 100;
constexpr double kLargestBatch = 1e6;

Fault outside(const std::string& name, const char* field, double value, double lowest, double highest,
              std::string_view unit = {}) {
    if (std::isfinite(value) && value >= lowest && value <= highest) return {};
    return Error{name, field,
                 fmt::format("{} is outside {} to {}{}{}", value, lowest, highest, unit.empty() ? "" : " ", unit)};
}

Fault firstFault(const std::string& name, const document::OpenLoad& load) {
    if (auto fault = outside(name, "rate_per_s", toPerSecond(load.rate), 0, kHighestRate_per_s, "/s")) return fault;
    if (auto fault = outside(name, "scv", load.scv, 0, kLargestScv)) return fault;
    return outside(name, "batch", load.batch, 1, kLargestBatch);
}

Fault firstFault(const std::string& name, const document::ClosedLoad& load) {
    if (auto fault = outside(name, "users", load.users, 0, kMostUsers)) return fault;
    if (auto fault = outside(name, "think_scv", load.thinkScv, 0, kLargestScv)) return fault;
    const Parameter think{.dimension = Dimension::Time, .minimum = 0, .maximum = kLongestThink_s};
    if (auto reason = whyNotValue(think, load.think)) return Error{name, "think_s", *reason};
    return {};
}

} // namespace

Fault firstFault(const document::RequestClass& requestClass) {
    if (!document::isId(requestClass.id))
        return Error{requestClass.name, "id",
                     fmt::format("\"{}\" is not 1 to 64 of a-z, 0-9, _ and -", requestClass.id)};
    if (requestClass.name.empty()) return Error{requestClass.id, "name", "a name is needed"};
    return std::visit([&](const auto& load) { return firstFault(requestClass.name, load); }, requestClass.load);
}

} // namespace plimsoll::components
