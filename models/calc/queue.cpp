// One station, whatever its kind: the topic behind `plimsoll queue`.
#include "models/calc/station_inputs.h"
#include "models/calc/station_topics.h"

namespace plimsoll::calc {
namespace {

bool isConstantLaw(const json& value) {
    return value.is_object() && ((value.contains("law") && value.at("law") == "constant") ||
                                 (value.contains("scv") && value.at("scv") == 0));
}
bool isExponentialLaw(const json& value) {
    if (!value.is_object()) return false;
    if (value.contains("law")) return value.at("law") == "exponential";
    return value.contains("scv") && value.at("scv") == 1;
}

/// Without the discipline, which has chosen the formula.
json withoutDiscipline(const json& inputs) {
    json rest = inputs;
    rest.erase("discipline");
    return rest;
}

} // namespace

ordered_json answerStation(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    constexpr std::array<std::string_view, 4> kDisciplines{"FCFS", "PS", "priority", "preemptive"};
    const std::size_t discipline = phrase(object, "discipline", kDisciplines);
    const bool exponential = isExponentialLaw(inputs.value("service", json()));
    const bool poisson = !inputs.contains("interarrival") && inputs.value("interarrival_scv", json(1)) == 1;
    if (discipline == 1) return answerSharing(inputs);
    if (discipline == 2) return answerNonPreemptive(withoutDiscipline(inputs));
    if (discipline == 3) return answerPreemptive(withoutDiscipline(inputs));
    const json rest = withoutDiscipline(inputs);
    if (rest.contains("server_rates_per_s")) return answerHeterogeneous(rest);
    if (rest.contains("patience"))
        return isConstantLaw(rest.at("patience")) ? answerConstantPatience(rest) : answerExponentialPatience(rest);
    if (rest.contains("sigma")) return answerContention(rest);
    if (rest.contains("batch_size")) return answerBatch(rest);
    if (rest.contains("setup")) return answerSetup(rest);
    if (rest.contains("vacation")) return answerVacation(rest);
    if (rest.contains("pause")) return answerPauses(rest);
    if (rest.contains("capacity_in_service_plus_waiting"))
        return exponential ? answerMmck(rest) : answerFiniteQueue(rest);
    return exponential && poisson && !rest.contains("interarrival_scv") ? answerMmc(rest) : answerGgc(rest);
}

} // namespace plimsoll::calc
