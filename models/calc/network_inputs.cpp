#include "models/calc/network_inputs.h"

#include "engine/flow/check.h"

#include <fmt/format.h>

namespace plimsoll::calc {
namespace {

double timeAt(const json& value, const exchange::Where& where) {
    const double time = exchange::numberAt(value, where);
    if (time != 0 && !(time >= flow::kSmallest && time <= flow::kLargest))
        where.refuse(
            fmt::format("is {:.6g}, must be 0 or lie in {:.0e} to {:.0e}", time, flow::kSmallest, flow::kLargest));
    return time;
}

} // namespace

std::vector<ModelObject> objects(ModelObject& object, std::string_view key, std::size_t most) {
    object.required(key);
    const json& list = object.array(key);
    if (list.empty() || list.size() > most)
        object.at(key).refuse(fmt::format("has {} places, must have 1 to {}", list.size(), most));
    std::vector<ModelObject> read;
    for (std::size_t i = 0; i < list.size(); ++i) read.emplace_back(list[i], object.at(fmt::format("{}[{}]", key, i)));
    return read;
}

double time_s(ModelObject& object, std::string_view key) {
    return timeAt(object.required(key), object.at(key));
}

std::vector<double> times_s(ModelObject& object, std::string_view key, std::size_t count, std::string_view what) {
    object.required(key);
    const json& list = object.array(key);
    if (list.size() != count)
        object.at(key).refuse(fmt::format("has {} places, must have {}, one for each {}", list.size(), count, what));
    std::vector<double> read;
    for (std::size_t i = 0; i < count; ++i) read.push_back(timeAt(list[i], object.at(fmt::format("{}[{}]", key, i))));
    return read;
}

double positiveRate_per_s(ModelObject& object, std::string_view key) {
    return within(object, key, flow::kSmallest, flow::kLargest);
}

double users(ModelObject& object, std::string_view key) {
    constexpr double kMostUsers = 4e9;
    return wholeWithin(object, key, 0, kMostUsers);
}

std::string numbered(std::string_view before, std::size_t index, std::string_view after) {
    return fmt::format("{}{}{}", before, index + 1, after);
}

} // namespace plimsoll::calc
