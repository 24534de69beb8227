// A scenario lowered and made ready once, solved at many load factors. Internal to models/assess.
#pragma once
#include "engine/solve/solve.h"
#include "models/assess/assess.h"
#include "models/lower/lower.h"

#include <optional>

namespace plimsoll::assess {

/// Which part of the scenario a problem of the engine belongs to.
class Places {
public:
    Places(const document::Project& project, const document::Scenario& scenario, const lower::Lowered& lowered)
        : m_project(project), m_scenario(scenario), m_lowered(lowered) {}

    struct Place {
        Id id;            // component, class or "from>to"; empty: the whole
        std::string name; // in people's words, with the resource: "Orders DB, cpu"
    };
    /// `element` as the engine writes it: "stations[2]", "classes[0]", "steps[7]".
    Place of(const std::string& element) const;
    Problem problem(const flow::Problem& problem) const;
    Problem problem(const flow::Error& error) const;

    std::string nameOf(const Id& component) const;
    std::string classNameOf(const Id& requestClass) const;

private:
    Place ofOrigin(flow::Origin origin) const;
    Place ofResource(const std::vector<lower::NamedResource>& resources, std::size_t index) const;

    const document::Project& m_project;
    const document::Scenario& m_scenario;
    const lower::Lowered& m_lowered;
};

/// The id ("a" or "a>b") of what a lowering error names by the names that people gave.
Id idNamed(const document::Scenario& scenario, const std::string& name);

struct Prepared {
    lower::Lowered lowered;
    std::optional<flow::PreparedModel> model; // none: lowered alone, or no class is carried
    std::vector<flow::Down> down;
};

/// Lowers; the problem says what is in the way.
std::expected<Prepared, Problem> lowered(const document::Project& project, const document::Scenario& scenario,
                                         const std::map<Id, std::uint32_t>& down);
/// Lowers and, where a class is carried, readies the solver's model; the problem says what is in the way.
std::expected<Prepared, Problem> prepare(const document::Project& project, const document::Scenario& scenario,
                                         const std::map<Id, std::uint32_t>& down);

} // namespace plimsoll::assess
