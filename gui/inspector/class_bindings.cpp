#include "gui/inspector/class_bindings.h"

#include "models/components/component_type.h"

#include <QObject>

namespace plimsoll::gui {
namespace {

using components::Dimension;
using document::ClosedLoad;
using document::OpenLoad;
using document::RequestClass;

constexpr double kUsualRate_per_s = 100, kUsualUsers = 100, kUsualThink_s = 1; // what a new one starts with
constexpr double kMonth_s = 30 * 86'400.0;

template <class Load> Load& loadOf(RequestClass& requestClass) {
    if (!std::holds_alternative<Load>(requestClass.load)) requestClass.load = Load{};
    return std::get<Load>(requestClass.load);
}

template <class Load> Load loadOf(const RequestClass& requestClass) {
    const Load* load = std::get_if<Load>(&requestClass.load);
    return load ? *load : Load{};
}

QString nameOf(const Document& document, const document::Id& classId) {
    const auto* found = document::findClass(document.project(), classId);
    return QString::fromStdString(found ? found->name : classId);
}

} // namespace

std::span<const LoadNumber> loadNumbers() {
    static const std::vector<LoadNumber> all = {
        {{.key = "rate_per_s",
          .label = "Arrivals",
          .dimension = Dimension::Rate,
          .minimum = 0,
          .maximum = 1e9,
          .defaultNumber = kUsualRate_per_s,
          .help = "Requests of this type, on average"},
         false,
         [](const RequestClass& one) { return loadOf<OpenLoad>(one).rate.value; },
         [](RequestClass& one, double value) { loadOf<OpenLoad>(one).rate.value = value; }},
        {{.key = "scv",
          .label = "Burstiness",
          .dimension = Dimension::Ratio,
          .minimum = 0,
          .maximum = 100,
          .defaultNumber = 1,
          .help = "Squared coefficient of variation of the times between arrivals: 1 is Poisson"},
         false,
         [](const RequestClass& one) { return loadOf<OpenLoad>(one).scv; },
         [](RequestClass& one, double value) { loadOf<OpenLoad>(one).scv = value; }},
        {{.key = "users",
          .label = "Users",
          .dimension = Dimension::Count,
          .minimum = 0,
          .maximum = 4e9,
          .defaultNumber = kUsualUsers,
          .integer = true,
          .help = "People who send, wait for the answer and think"},
         true,
         [](const RequestClass& one) { return double(loadOf<ClosedLoad>(one).users); },
         [](RequestClass& one, double value) { loadOf<ClosedLoad>(one).users = static_cast<std::uint32_t>(value); }},
        {{.key = "think_s",
          .label = "Think time",
          .dimension = Dimension::Time,
          .minimum = 0,
          .maximum = kMonth_s,
          .defaultNumber = kUsualThink_s,
          .help = "From an answer to the same user's next request"},
         true,
         [](const RequestClass& one) { return loadOf<ClosedLoad>(one).think.value; },
         [](RequestClass& one, double value) {
             auto& think = loadOf<ClosedLoad>(one).think;
             think.value = value;
             think.range.reset();
             think.provenance = {};
         }},
    };
    return all;
}

bool isClosed(const RequestClass& requestClass) {
    return std::holds_alternative<ClosedLoad>(requestClass.load);
}

NumberBinding loadBinding(Document& document, const LoadNumber& number, const document::Id& classId) {
    NumberBinding binding;
    const LoadNumber* field = &number;
    binding.read = [&document, field, classId] {
        NumberReading reading;
        if (const auto* one = document::findClass(document.project(), classId))
            reading.value = text::Typed{field->read(*one), {}};
        return reading;
    };
    binding.edited = [&document, field, classId](const FieldValue& value) -> edit::Result {
        const auto* one = document::findClass(document.project(), classId);
        if (!one || !value) return document.project();
        RequestClass changed = *one;
        field->write(changed, value->value);
        return edit::setClass(document.project(), std::move(changed));
    };
    const auto label = QString::fromUtf8(number.parameter.label.data(), qsizetype(number.parameter.label.size()));
    binding.undoText = QObject::tr("change %1 of %2").arg(label, nameOf(document, classId));
    binding.key = QStringLiteral("class/%1/%2").arg(QString::fromStdString(classId), label);
    return binding;
}

RequestClass withKind(RequestClass requestClass, bool closed) {
    if (closed == isClosed(requestClass)) return requestClass;
    if (closed) {
        ClosedLoad load;
        load.users = static_cast<std::uint32_t>(kUsualUsers);
        load.think.value = kUsualThink_s;
        requestClass.load = load;
    } else
        requestClass.load = OpenLoad{.rate = perSecond(kUsualRate_per_s)};
    return requestClass;
}

RequestClass newClass(const document::Project& project, const document::Id& from) {
    int number = static_cast<int>(project.classes.size()) + 1;
    RequestClass made;
    do {
        made.name = QObject::tr("Request type %1").arg(number++).toStdString();
        made.id = document::idFrom(made.name);
    } while (document::findClass(project, made.id));
    made.from = from;
    made.load = OpenLoad{.rate = perSecond(kUsualRate_per_s)};
    return made;
}

document::Id firstStart(const document::Project& project) {
    for (const auto& scenario : project.scenarios)
        for (const auto& component : scenario->components) {
            const auto* type = components::findType(component->type);
            if (type && type->capabilities.startsClasses) return component->id;
        }
    return {};
}

} // namespace plimsoll::gui
