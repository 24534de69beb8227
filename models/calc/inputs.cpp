#include "models/calc/inputs.h"

#include "engine/flow/check.h"
#include "models/exchange/law_reader.h"

#include <fmt/format.h>

#include <cmath>

namespace plimsoll::calc {

double within(ModelObject& object, std::string_view key, double low, double high) {
    const double value = object.number(key);
    if (!(value >= low && value <= high))
        object.at(key).refuse(fmt::format("is {:.6g}, must lie in {:.6g} to {:.6g}", value, low, high));
    return value;
}

double wholeWithin(ModelObject& object, std::string_view key, double low, double high) {
    const double count = within(object, key, low, high);
    if (count != std::floor(count)) object.at(key).refuse(fmt::format("is {}, must be a whole number", count));
    return count;
}

double servers(ModelObject& object, double fewest) {
    return wholeWithin(object, "servers", fewest, kMostServers);
}

double arrivalRate_per_s(ModelObject& object) {
    return within(object, "arrival_rate_per_s", 0, kLargest);
}

flow::Distribution law(ModelObject& object, std::string_view key) {
    std::vector<flow::Problem> none;
    flow::Distribution law = exchange::readLaw(object.required(key), object.at(key), none);
    flow::Check check;
    check.distribution(law, key);
    const double mean = distribution::mean(law).count();
    if (!(mean >= flow::kSmallest && mean <= flow::kLargest))
        object.at(key).under("mean_s").refuse(
            fmt::format("is {:.6g}, must lie in {:.0e} to {:.0e}", mean, flow::kSmallest, flow::kLargest));
    if (check.failed()) object.at(key).refuse(check.error().message);
    return law;
}

void putMethod(ordered_json& out, std::string_view id, flow::Exactness exactness) {
    constexpr std::array<std::string_view, 4> kWords{"exact", "approximation", "bound", "simulated"};
    out["method"] = id;
    out["exactness"] = kWords[std::size_t(exactness)];
}

} // namespace plimsoll::calc
