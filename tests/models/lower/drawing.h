// Small drawn projects, and a lowered model as text that tables can compare.
#pragma once
#include "models/lower/lower.h"

#include <functional>
#include <string>

namespace plimsoll::tests {

/// A project under construction: one scenario, "today".
class Drawing {
public:
    using Parameters = std::map<std::string, document::Value>;
    using Fields = std::function<void(document::Link&)>;

    Drawing() : m_project(document::emptyProject("Drawn")) {}
    Drawing& add(const std::string& id, const std::string& type, Parameters parameters = {},
                 std::optional<document::Id> area = {});
    Drawing& link(const std::string& from, const std::string& to, const Fields& fields = {});
    Drawing& requests(const std::string& id, const std::string& from, double rate_per_s = 10);
    /// "users" (clients without a network) that send "browse" to `to`.
    Drawing& users(const std::string& to, const Fields& fields = {});
    document::Project& project() { return m_project; }

private:
    document::Project m_project;
};

document::Numeric numeric(double value, std::map<document::Id, double> byClass = {});

/// What a step does: "serve app.cpu 0.01", "call app.read x3", "[a, b]" in order, "repeat 20 {…}", "lookup redis (hit:
/// …, miss: …)" and so on.
std::string describe(const lower::Lowered& lowered, flow::StepId step);
/// The same of an entry, "" if it is not there.
std::string describe(const lower::Lowered& lowered, const document::Id& component, const document::Id& requestClass,
                     lower::Operation operation = lower::Operation::Read);

} // namespace plimsoll::tests
