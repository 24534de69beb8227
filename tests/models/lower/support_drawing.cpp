#include "engine/distribution/distribution.h"
#include "tests/models/lower/drawing.h"

#include <fmt/format.h>

namespace plimsoll::tests {

using namespace flow;
using document::Link;

Drawing& Drawing::add(const std::string& id, const std::string& type, Parameters parameters,
                      std::optional<document::Id> area) {
    document::Scenario scenario = *m_project.scenarios.front();
    document::Component component{.id = id, .type = type, .name = id};
    component.parameters = std::move(parameters);
    component.area = std::move(area);
    scenario.components.emplace_back(std::move(component));
    m_project.scenarios.front() = std::move(scenario);
    return *this;
}

Drawing& Drawing::link(const std::string& from, const std::string& to, const Fields& fields) {
    document::Scenario scenario = *m_project.scenarios.front();
    Link link{.from = from, .to = to};
    if (fields) fields(link);
    scenario.links.emplace_back(std::move(link));
    m_project.scenarios.front() = std::move(scenario);
    return *this;
}

Drawing& Drawing::requests(const std::string& id, const std::string& from, double rate_per_s) {
    m_project.classes.push_back({id, id, from, document::OpenLoad{.rate = perSecond(rate_per_s)}});
    return *this;
}

Drawing& Drawing::users(const std::string& to, const Fields& fields) {
    return add("users", "clients", {{"rtt_s", numeric(0)}}).requests("browse", "users").link("users", to, fields);
}

document::Numeric numeric(double value, std::map<document::Id, double> byClass) {
    document::Numeric made;
    made.value = value;
    made.byClass = std::move(byClass);
    return made;
}

namespace {

class Describer {
public:
    explicit Describer(const lower::Lowered& lowered) : m_lowered(lowered) {}

    std::string of(StepId id) const {
        return std::visit(*this, m_lowered.model.steps.at(static_cast<std::size_t>(id)).body);
    }

    std::string operator()(const Sequence& s) const {
        std::string text;
        for (const StepId step : s.steps) text += (text.empty() ? "" : ", ") + inner(step);
        return "[" + text + "]";
    }
    std::string operator()(const Repeat& r) const { return fmt::format("repeat {:g} {{{}}}", r.count, of(r.body)); }
    std::string operator()(const Serve& s) const {
        return fmt::format("serve {} {}", name(m_lowered.stations, s.station), law(s.demand));
    }
    std::string operator()(const Delay& d) const { return "delay " + law(d.duration); }
    std::string operator()(const Call& c) const { return "call " + targets(c.entries, c.count); }
    std::string operator()(const Spawn& s) const { return "spawn " + targets(s.entries, s.count); }
    std::string operator()(const Parallel& p) const {
        std::string text;
        for (const StepId step : p.branches) text += (text.empty() ? "" : " | ") + of(step);
        return "parallel(" + text + ")";
    }
    std::string operator()(const Choice& c) const {
        std::string text;
        for (const Branch& branch : c.branches)
            text += fmt::format("{}{:g}: {}", text.empty() ? "" : ", ", branch.probability.value, of(branch.step));
        return "choice(" + text + ")";
    }
    std::string operator()(const Lookup& l) const {
        return fmt::format("lookup {} (hit: {}, miss: {})", name(m_lowered.caches, l.cache), of(l.onHit), of(l.onMiss));
    }
    std::string operator()(const Invalidate& i) const {
        return fmt::format("invalidate {} {:g}", name(m_lowered.caches, i.cache), i.keys);
    }
    std::string operator()(const Hold& h) const {
        return fmt::format("hold {} {{{}}}", name(m_lowered.pools, h.pool), of(h.body));
    }
    std::string operator()(const Limit&) const { return "limit"; }
    std::string operator()(const Fail& f) const { return fmt::format("fail {:g}", f.probability.value); }
    std::string operator()(const Attempt& a) const {
        return fmt::format("attempt {} backoff {:g} {{{}}}", a.maxAttempts, toSeconds(a.backoff), of(a.body));
    }
    std::string operator()(const Timeout& t) const {
        return fmt::format("timeout {:g}{} {{{}}}", toSeconds(t.after), t.leftover == Leftover::Cancel ? " cancel" : "",
                           of(t.body));
    }

private:
    /// A sequence in a sequence reads as one.
    std::string inner(StepId id) const {
        const std::string text = of(id);
        const bool isSequence =
            std::holds_alternative<Sequence>(m_lowered.model.steps[static_cast<std::size_t>(id)].body);
        return isSequence && text != "[]" ? text.substr(1, text.size() - 2) : text;
    }
    template <class Id> static std::string name(const std::vector<lower::NamedResource>& resources, Id id) {
        const auto& resource = resources.at(static_cast<std::size_t>(id));
        return resource.component + "." + resource.name;
    }
    static std::string law(const Distribution& law) {
        const double mean_s = toSeconds(distribution::mean(law));
        if (distribution::isConstant(law)) return fmt::format("{:g} constant", mean_s);
        const std::string scv = fmt::format("{:.6g}", distribution::scv(law));
        return scv == "1" ? fmt::format("{:g}", mean_s) : fmt::format("{:g} scv {}", mean_s, scv);
    }
    std::string targets(const std::vector<EntryId>& entries, double count) const {
        std::string text;
        for (const EntryId id : entries) {
            const lower::EntryOf& of = m_lowered.entries.at(static_cast<std::size_t>(id));
            if (!text.empty()) text += " or ";
            if (of.component.empty())
                text += "{" + this->of(m_lowered.model.entries.at(static_cast<std::size_t>(id)).root) + "}";
            else
                text += of.component + (of.operation == lower::Operation::Write ? ".write" : ".read");
        }
        return count == 1 ? text : fmt::format("{} x{:g}", text, count);
    }

    const lower::Lowered& m_lowered;
};

} // namespace

std::string describe(const lower::Lowered& lowered, StepId step) {
    return Describer(lowered).of(step);
}

std::string describe(const lower::Lowered& lowered, const document::Id& component, const document::Id& requestClass,
                     lower::Operation operation) {
    for (std::size_t i = 0; i < lowered.entries.size(); ++i) {
        const lower::EntryOf& entry = lowered.entries[i];
        if (entry.component == component && entry.requestClass == requestClass && entry.operation == operation)
            return describe(lowered, lowered.model.entries[i].root);
    }
    return {};
}

} // namespace plimsoll::tests
