#include "gui/inspector/parameter_bindings.h"

#include <QObject>

#include <algorithm>

namespace plimsoll::gui {
namespace {

using components::Dimension;
using components::Parameter;
using document::Component;
using document::Numeric;
using document::Value;

QString fromText(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

const Value* held(const Component& component, const Parameter& parameter) {
    const auto found = component.parameters.find(std::string(parameter.key));
    return found == component.parameters.end() ? nullptr : &found->second;
}

const Numeric* heldNumber(const Component& component, const Parameter& parameter) {
    const Value* value = held(component, parameter);
    return value ? std::get_if<Numeric>(value) : nullptr;
}

document::Provenance provenanceOf(const Component& component, const Parameter& parameter) {
    const Value* value = held(component, parameter);
    if (!value) return {.kind = document::Provenance::Kind::Default, .source = {}, .date = {}};
    const auto* numeric = std::get_if<Numeric>(value);
    return numeric ? numeric->provenance : document::Provenance{};
}

FieldValue fieldValueOf(const Component& component, const Parameter& parameter, const document::Id& classId) {
    const Numeric* numeric = heldNumber(component, parameter);
    if (!classId.empty()) {
        if (!numeric) return {};
        const auto own = numeric->byClass.find(classId);
        return own == numeric->byClass.end() ? FieldValue{} : FieldValue(text::Typed{own->second, {}});
    }
    if (numeric) return text::Typed{numeric->value, numeric->range};
    return parameter.defaultNumber ? FieldValue(text::Typed{*parameter.defaultNumber, {}}) : FieldValue{};
}

std::string wordOf(const Component& component, const Parameter& parameter) {
    if (parameter.dimension == Dimension::Switch) return components::flag(component, parameter.key) ? "true" : "false";
    return components::word(component, parameter.key);
}

/// Applies `one` to each of the components in turn.
template <class Edit> edit::Result onEach(const Subjects& subjects, Edit one) {
    edit::Result result = subjects.document.project();
    for (const Component* component : subjects.components()) {
        if (!result) break;
        result = one(*result, *component);
    }
    return result;
}

std::function<edit::Result()> resetOf(const Subjects& subjects, const Parameter& parameter) {
    return [subjects, key = std::string(parameter.key)] {
        return onEach(subjects, [&](const document::Project& project, const Component& component) {
            return edit::resetParameter(project, subjects.view.scenario(), component.id, key);
        });
    };
}

QString keyOf(const Subjects& subjects, const Parameter& parameter, const document::Id& classId) {
    QString key = QStringLiteral("parameter/%1/%2").arg(fromText(parameter.key), fromText(classId));
    for (const auto& id : subjects.ids) key += '/' + QString::fromStdString(id);
    return key;
}

/// The component's value with `value` for all, or for one request type.
std::optional<Value> valueWith(const Component& component, const Parameter& parameter, const document::Id& classId,
                               const FieldValue& value) {
    const Numeric* before = heldNumber(component, parameter);
    Numeric numeric = before ? *before : Numeric{};
    if (!before) numeric.value = parameter.defaultNumber.value_or(value ? value->value : 0);
    numeric.provenance = {};
    if (classId.empty()) {
        if (!value) return {};
        numeric.value = value->value;
        numeric.range = value->range;
        return numeric;
    }
    if (value)
        numeric.byClass[classId] = value->value;
    else
        numeric.byClass.erase(classId);
    return numeric;
}

NumberReading readNumber(const Subjects& subjects, const Parameter& parameter, const document::Id& classId) {
    NumberReading reading;
    const auto chosen = subjects.components();
    if (chosen.empty()) return reading;
    reading.value = fieldValueOf(*chosen.front(), parameter, classId);
    reading.provenance = provenanceOf(*chosen.front(), parameter);
    std::optional<double> low, high;
    for (const Component* component : chosen) {
        const auto value = fieldValueOf(*component, parameter, classId);
        reading.mixed |= value != reading.value;
        reading.changed |= held(*component, parameter) != nullptr;
        if (provenanceOf(*component, parameter) != *reading.provenance) reading.provenance = document::Provenance{};
        if (!value) continue;
        low = std::min(low.value_or(value->value), value->value);
        high = std::max(high.value_or(value->value), value->value);
    }
    if (!reading.changed && !parameter.defaultNumber) reading.provenance.reset(); // no value: nothing is assumed
    if (low && high)
        reading.span = QObject::tr("%1 to %2")
                           .arg(quantityText(*low, parameter.dimension), quantityText(*high, parameter.dimension));
    reading.usual = parameter.defaultNumber ? quantityText(*parameter.defaultNumber, parameter.dimension)
                                            : fromText(parameter.absent);
    return reading;
}

} // namespace

std::vector<const document::Component*> Subjects::components() const {
    std::vector<const Component*> found;
    const auto* scenario = document::findScenario(document.project(), view.scenario());
    if (!scenario) return found;
    for (const auto& id : ids)
        if (const auto* component = document::findComponent(*scenario, id)) found.push_back(component);
    return found;
}

QString Subjects::name() const {
    const auto found = components();
    if (found.size() == 1) return QString::fromStdString(found.front()->name);
    return QObject::tr("%1 components").arg(found.size());
}

NumberBinding numberBinding(const Subjects& subjects, const Parameter& parameter, const document::Id& classId) {
    NumberBinding binding;
    const Parameter* declared = &parameter; // the registry's, which stays
    binding.read = [subjects, declared, classId] { return readNumber(subjects, *declared, classId); };
    binding.edited = [subjects, declared, classId](const FieldValue& value) {
        return onEach(subjects, [&](const document::Project& project, const Component& component) {
            const auto& scenario = subjects.view.scenario();
            auto whole = valueWith(component, *declared, classId, value);
            const std::string key(declared->key);
            return whole ? edit::setParameter(project, scenario, component.id, key, std::move(*whole))
                         : edit::resetParameter(project, scenario, component.id, key);
        });
    };
    if (classId.empty()) binding.reset = resetOf(subjects, parameter);
    QString label = fromText(parameter.label);
    if (const auto* ofClass = document::findClass(subjects.document.project(), classId))
        label = QObject::tr("%1 (%2)").arg(label, QString::fromStdString(ofClass->name));
    binding.undoText = QObject::tr("change %1 of %2").arg(label, subjects.name());
    binding.key = keyOf(subjects, parameter, classId);
    return binding;
}

WordBinding wordBinding(const Subjects& subjects, const Parameter& parameter) {
    WordBinding binding;
    const Parameter* declared = &parameter;
    binding.read = [subjects, declared] {
        WordReading reading;
        const auto chosen = subjects.components();
        if (chosen.empty()) return reading;
        reading.word = wordOf(*chosen.front(), *declared);
        reading.provenance = provenanceOf(*chosen.front(), *declared);
        for (const Component* component : chosen) {
            reading.mixed |= wordOf(*component, *declared) != reading.word;
            reading.changed |= held(*component, *declared) != nullptr;
        }
        reading.usual = fromText(declared->defaultWord);
        for (const auto& choice : declared->choices)
            if (choice.word == declared->defaultWord) reading.usual = fromText(choice.label);
        return reading;
    };
    binding.edited = [subjects, declared](const std::string& word) {
        const Value value = declared->dimension == Dimension::Switch ? Value(word == "true") : Value(word);
        return onEach(subjects, [&](const document::Project& project, const Component& component) {
            return edit::setParameter(project, subjects.view.scenario(), component.id, std::string(declared->key),
                                      value);
        });
    };
    binding.reset = resetOf(subjects, parameter);
    binding.undoText = QObject::tr("change %1 of %2").arg(fromText(parameter.label), subjects.name());
    binding.key = keyOf(subjects, parameter, {});
    return binding;
}

bool differsByClass(const Subjects& subjects, const Parameter& parameter) {
    return std::ranges::any_of(subjects.components(), [&](const Component* component) {
        const Numeric* numeric = heldNumber(*component, parameter);
        return numeric && !numeric->byClass.empty();
    });
}

} // namespace plimsoll::gui
