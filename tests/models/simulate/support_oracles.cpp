#include "models/exchange/model_json.h"
#include "models/exchange/solution_json.h"
#include "tests/models/simulate/oracle_check.h"

#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <stdexcept>

namespace plimsoll::tests {

namespace {

using nlohmann::json;

constexpr double kRounding = 1e-6; // of shares that are zero, and of twelve digits
/// What a run does not answer: the simulator has no saturation factors, and no second fixed point.
bool isAnswered(const std::string& key) {
    return key != "saturation_factor" && key != "bad_state";
}

class Judge {
public:
    explicit Judge(Verdict& verdict) : m_verdict(verdict) {}

    void compare(const json& expected, const json& actual, const std::string& path, const json* around) {
        if (expected.is_object()) {
            for (const auto& [key, value] : expected.items()) {
                if (!isAnswered(key) || value == "two_stable") continue;
                if (actual.is_object() && actual.contains(key))
                    compare(value, actual[key], path + "." + key, &actual);
                else if (path.ends_with(".errors"))
                    compare(value, 0.0, path + "." + key, nullptr); // a cause that did not occur
                else
                    m_verdict.misses.push_back(path + "." + key + " is not there");
            }
        } else if (expected.is_array()) {
            for (std::size_t i = 0; i < expected.size(); ++i)
                compare(expected[i], actual.at(i), fmt::format("{}[{}]", path, i), nullptr);
        } else if (expected.is_number() && actual.is_number()) {
            number(expected.get<double>(), actual.get<double>(), path, around);
        } else if (expected != actual) {
            m_verdict.misses.push_back(fmt::format("{} is {}, expected {}", path, actual.dump(), expected.dump()));
        }
    }

private:
    static std::optional<std::pair<double, double>> interval(const std::string& path, const json* around) {
        std::string key = path.substr(path.rfind('.') + 1);
        if (!around || !key.ends_with("_s")) return std::nullopt;
        key = key.substr(0, key.size() - 2) + "_interval_s";
        if (!around->contains(key) || !(*around)[key].is_array()) return std::nullopt;
        return std::pair((*around)[key][0].get<double>(), (*around)[key][1].get<double>());
    }
    void number(double expected, double actual, const std::string& path, const json* around) {
        Figure figure{path, expected, actual};
        if (const auto found = interval(path, around)) {
            figure.hasInterval = true;
            figure.inside = expected >= actual - (actual - found->first) * kWidening - kRounding &&
                            expected <= actual + (found->second - actual) * kWidening + kRounding;
            if (actual > 0) figure.precision = (found->second - found->first) / 2 / actual;
        }
        m_verdict.figures.push_back(std::move(figure));
    }

    Verdict& m_verdict;
};

} // namespace

std::vector<OracleCase> oracleCases() {
    std::ifstream file(PLIMSOLL_TEST_DATA "/simulate/models.json");
    std::vector<OracleCase> cases;
    const json document = json::parse(file);
    for (const json& item : document["cases"]) {
        OracleCase oracle;
        oracle.id = item["id"];
        oracle.exact = item["exact"];
        auto model = exchange::modelFromJson(item["inputs"]["model"].dump());
        if (!model) throw std::runtime_error(oracle.id + ": " + model.error().message);
        oracle.model = std::move(model->model);
        if (item["inputs"].contains("options")) {
            const json& options = item["inputs"]["options"];
            oracle.options.loadFactor = options.value("load_factor", 1.0);
            const json downs = options.value("down", json::array());
            for (const json& down : downs)
                oracle.options.down.push_back({flow::FleetId(down["fleet"].get<std::uint32_t>()), down["instances"]});
        }
        oracle.expected = item["expected"];
        cases.push_back(std::move(oracle));
    }
    return cases;
}

bool Figure::isNear(double relative) const {
    return std::abs(actual - expected) <= relative * std::abs(expected) + kRounding;
}

std::string Figure::text() const {
    return fmt::format("{} is {:.6g}, expected {:.6g}", path, actual, expected);
}

Verdict judge(const OracleCase& oracle, const flow::Solution& solution) {
    Verdict verdict;
    const json actual = json::parse(exchange::solutionToJson(oracle.model, solution));
    Judge(verdict).compare(oracle.expected, actual, "", nullptr);
    return verdict;
}

} // namespace plimsoll::tests
