// Projects at random, valid ones: for round trips over every format.
#pragma once
#include "models/components/component_type.h"
#include "models/document/project.h"

#include <cmath>
#include <random>
#include <string>

namespace plimsoll::tests {

class RandomProject {
public:
    explicit RandomProject(std::uint64_t seed) : m_random(seed) {}

    document::Project make() {
        document::Project project = document::emptyProject(text());
        project.note = chance(0.5) ? "Line one\nline \"two\" – ünïcode 🚢" : "";
        const std::size_t classes = below(4);
        for (std::size_t i = 0; i < classes; ++i) m_classes.push_back("class-" + std::to_string(i));
        project.scenarios.clear();
        const std::size_t scenarios = 1 + below(3);
        for (std::size_t i = 0; i < scenarios; ++i) project.scenarios.emplace_back(scenario(i));
        for (const auto& id : m_classes) project.classes.push_back(requestClass(id));
        for (const auto& id : m_classes) project.targets.push_back(target(id));
        if (chance(0.5)) project.targets.push_back({{}, document::Metric::LoadFactor, false, number(1, 10)});
        return project;
    }

private:
    using Component = document::Component;

    std::size_t below(std::size_t count) { return count == 0 ? 0 : m_random() % count; }
    bool chance(double probability) { return number(0, 1) < probability; }
    /// Within the bounds, often one of them or a number with few digits.
    double number(double low, double high) {
        const double any = std::uniform_real_distribution<double>(low, high)(m_random);
        switch (m_random() % 6) {
        case 0: return low;
        case 1: return high;
        case 2: return std::max(low, std::min(high, std::round(any)));
        default: return any;
        }
    }
    std::string text() {
        static const char* const words[] = {"Shop", "Orders DB", "a > b", "Größe", "\"quoted\\", "x", "日本"};
        return words[below(std::size(words))];
    }

    document::Provenance provenance() {
        using Kind = document::Provenance::Kind;
        switch (m_random() % 4) {
        case 0: return {Kind::Default, {}, {}};
        case 1: return {Kind::Preset, "catalogue", "2026-08-01"};
        case 2: return {Kind::Measured, "", "2026-11-25"};
        default: return {};
        }
    }

    document::Numeric numeric(double low, double high, bool integer, bool byClass) {
        const auto one = [&] { return integer ? std::floor(number(low, high)) : number(low, high); };
        document::Numeric numeric;
        numeric.value = one();
        if (chance(0.3)) {
            numeric.range =
                document::Range{std::min(one(), numeric.value), numeric.value, std::max(one(), numeric.value)};
        }
        if (byClass)
            for (const auto& id : m_classes)
                if (chance(0.5)) numeric.byClass[id] = one();
        numeric.provenance = provenance();
        return numeric;
    }

    document::Value value(const components::Parameter& parameter) {
        using components::Dimension;
        if (parameter.dimension == Dimension::Switch) return chance(0.5);
        if (parameter.dimension == Dimension::Word)
            return std::string(parameter.choices[below(parameter.choices.size())].word);
        if (parameter.dimension == Dimension::Words) {
            std::vector<std::string> words;
            for (const auto& choice : parameter.choices)
                if (chance(0.5)) words.emplace_back(choice.word);
            return words;
        }
        return numeric(parameter.minimum, parameter.maximum, parameter.integer, parameter.byClass);
    }

    Component component(const components::ComponentType& type, std::size_t index) {
        Component component;
        component.id = std::string(type.id) + "-" + std::to_string(index);
        component.type = std::string(type.id);
        component.name = chance(0.5) ? text() : component.id;
        component.position = {number(-2000, 2000), number(-2000, 2000)};
        if (type.capabilities.contains && chance(0.7))
            component.size = document::Size{number(240, 900), number(140, 900)};
        for (const auto& parameter : type.parameters)
            if (chance(0.4)) component.parameters.emplace(parameter.key, value(parameter));
        if (components::firstFault(component)) component.parameters.clear(); // contradicts itself
        return component;
    }

    document::PerClass perClass(double value, double most) {
        document::PerClass numbers{chance(0.5) ? value : number(0, most), {}};
        for (const auto& id : m_classes)
            if (chance(0.4)) numbers.byClass[id] = number(0, most);
        return numbers;
    }

    document::Link link(const Component& from, const Component& to, const std::vector<Component>& all) {
        document::Link link;
        link.from = from.id;
        link.to = to.id;
        link.calls = perClass(1, 20);
        link.writes = perClass(0, 1);
        if (chance(0.3)) link.when = document::WithShare{number(0, 1)};
        for (const auto& other : all)
            if (components::findType(other.type)->capabilities.isCache && chance(0.3))
                link.when = document::MissOf{other.id};
        if (chance(0.3)) link.stage = static_cast<int>(below(7)) - 3;
        if (chance(0.3)) link.mode = document::Mode::Async;
        if (chance(0.3)) link.timeout = seconds(number(0.001, 30));
        if (chance(0.3)) {
            link.retry.emplace();
            link.retry->maxAttempts = 3;
            link.retry->backoff = seconds(0.1);
            link.retry->fullJitter = chance(0.5);
            if (chance(0.5)) link.retry->budget = number(0, 1);
            if (chance(0.5)) link.retry->on = {flow::Cause::Timeout, flow::Cause::Refused};
        }
        link.cancel = chance(0.3);
        link.requestBytes = Bytes{number(0, 1e6)};
        link.responseBytes = Bytes{chance(0.5) ? 0 : 2048.0};
        link.protocol = static_cast<document::Protocol>(below(3));
        return link;
    }

    document::Scenario scenario(std::size_t index) {
        document::Scenario scenario;
        scenario.id = "scenario_" + std::to_string(index);
        scenario.name = chance(0.5) ? text() : scenario.id;
        if (index > 0 && chance(0.5)) scenario.derivedFrom = "scenario_0";
        std::vector<Component> all;
        for (const auto* type : components::registry()) {
            const std::size_t count = type->capabilities.startsClasses ? 1 : below(3);
            for (std::size_t i = 0; i < count; ++i) all.push_back(component(*type, i));
        }
        std::vector<std::string> areas; // each may lie in one before it, so there are no rings
        for (auto& one : all) {
            if (!areas.empty() && chance(0.5)) one.area = areas[below(areas.size())];
            if (components::findType(one.type)->capabilities.contains) areas.push_back(one.id);
        }
        for (const auto& one : all) scenario.components.emplace_back(one);
        for (const auto& from : all)
            for (const auto& to : all) {
                const bool legal = from.id != to.id && components::findType(from.type)->capabilities.makesCalls &&
                                   components::findType(to.type)->capabilities.acceptsCalls;
                if (legal && chance(0.3)) scenario.links.emplace_back(link(from, to, all));
            }
        return scenario;
    }

    document::RequestClass requestClass(const std::string& id) {
        document::RequestClass requestClass{id, chance(0.5) ? text() : id, "clients-0", document::OpenLoad{}};
        if (chance(0.5)) {
            requestClass.load = document::OpenLoad{perSecond(number(0, 1e5)), number(0, 4), number(1, 3)};
        } else {
            document::ClosedLoad load;
            load.users = static_cast<std::uint32_t>(below(5'000'000'000));
            load.think = numeric(0, 60, false, false);
            load.thinkScv = number(0, 2);
            requestClass.load = load;
        }
        return requestClass;
    }

    document::Target target(const std::string& id) {
        const auto metric = static_cast<document::Metric>(below(9)); // those of a class
        return {id, metric, chance(0.5), number(0, 1)};
    }

    std::mt19937_64 m_random;
    std::vector<document::Id> m_classes;
};

} // namespace plimsoll::tests
