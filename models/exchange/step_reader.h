// Steps of the model's JSON: numbered ones, and inline ones that are numbered in pre-order behind them.
#pragma once
#include "models/exchange/model_object.h"

#include <vector>

namespace plimsoll::exchange {

class StepReader {
public:
    StepReader(flow::Model& model, std::vector<flow::Problem>& problems) : m_model(model), m_problems(problems) {}

    /// The elements of "steps": 0 ... n-1, with the inline steps inside them behind.
    void readNumbered(const json& steps);
    /// A step where one is asked for: inline, an array, or the number of an element of "steps".
    flow::StepId read(const json& value, const Where& where, const std::string& place);

private:
    void readInto(std::size_t index, const json& value, const Where& where, const std::string& place);
    flow::Body readBody(std::size_t kind, const json& value, const Where& where, const std::string& place);
    flow::Body readSimple(std::size_t kind, ModelObject& object);
    flow::Body readComposite(std::size_t kind, ModelObject& object, const Where& where, const std::string& place);
    flow::Call readCall(ModelObject& object);
    flow::Spawn readSpawn(ModelObject& object);
    flow::Attempt readAttempt(ModelObject& object, const std::string& place, const Where& where);
    flow::Distribution law(ModelObject& object, std::string_view key);

    flow::Model& m_model;
    std::vector<flow::Problem>& m_problems;
    std::size_t m_numbered = 0;
};

} // namespace plimsoll::exchange
