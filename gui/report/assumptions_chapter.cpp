#include "gui/report/chapters.h"
#include "gui/report/figure_cells.h"
#include "gui/report/page_metrics.h"
#include "gui/report/parameter_text.h"
#include "gui/report/text_blocks.h"
#include "models/components/component_type.h"

#include <QStringList>

#include <algorithm>

namespace plimsoll::gui::report {
namespace {

using components::Parameter;
using document::Component;
using document::Provenance;

/// Where a value comes from, in words; nullptr where nobody has touched the parameter.
const Provenance* provenanceOf(const Component& component, std::string_view key) {
    static const Provenance typed;
    const auto found = component.parameters.find(std::string(key));
    if (found == component.parameters.end()) return nullptr;
    const auto* numeric = std::get_if<document::Numeric>(&found->second);
    return numeric ? &numeric->provenance : &typed;
}

QString originWords(const Provenance& provenance) {
    const QString source = figure(provenance.source);
    const QString dated =
        provenance.date.empty() ? source : QStringLiteral("%1, %2").arg(source, figure(provenance.date));
    switch (provenance.kind) {
    case Provenance::Kind::Default: return QObject::tr("assumed");
    case Provenance::Kind::Typed: return QObject::tr("typed");
    case Provenance::Kind::Preset: return QObject::tr("preset: %1").arg(dated);
    case Provenance::Kind::Measured: return QObject::tr("measured: %1").arg(dated);
    }
    return {};
}

/// A component that stands for itself (areas have no figures), with its type.
struct Drawn {
    const Component* component = nullptr;
    const components::ComponentType* type = nullptr;
};

std::vector<Drawn> drawnOf(const document::Scenario& scenario) {
    std::vector<Drawn> drawn;
    for (const auto& component : scenario.components) {
        const auto* type = components::findType(component->type);
        if (type && !type->capabilities.contains) drawn.push_back({&*component, type});
    }
    return drawn;
}

/// Changed: from the default. Confirmed: set, to what the default is too. Unused: optional and absent.
enum class Kind { Changed, Confirmed, Assumed, Unused };

QString defaultText(const Source& source, const Component& component, const Parameter& parameter) {
    return parameterText(source.project, {.id = component.id, .type = component.type, .name = component.name},
                         parameter);
}

Kind kindOf(const Source& source, const Component& component, const Parameter& parameter) {
    const Provenance* provenance = provenanceOf(component, parameter.key);
    if (provenance && provenance->kind != Provenance::Kind::Default) {
        const QString value = parameterText(source.project, component, parameter);
        return value == defaultText(source, component, parameter) ? Kind::Confirmed : Kind::Changed;
    }
    return provenance || components::defaultValue(parameter) ? Kind::Assumed : Kind::Unused;
}

std::vector<Block> changedTable(const Source& source, const std::vector<Drawn>& drawn) {
    std::vector<TableRow> rows;
    for (const auto& [component, type] : drawn) {
        bool first = true;
        for (const Parameter& parameter : type->parameters) {
            if (kindOf(source, *component, parameter) != Kind::Changed) continue;
            const Cell name{.text = figure(component->name), .bold = true};
            rows.push_back({{first ? name : Cell{},
                             {figure(std::string(parameter.label))},
                             {.text = defaultText(source, *component, parameter), .colour = kMuted},
                             {parameterText(source.project, *component, parameter)},
                             {.text = originWords(*provenanceOf(*component, parameter.key)), .colour = kMuted}},
                            false,
                            name});
            first = false;
        }
    }
    if (rows.empty()) return {};
    return tableBlocks({{QObject::tr("Component")},
                        {QObject::tr("Input")},
                        {QObject::tr("Default")},
                        {QObject::tr("Value")},
                        {QObject::tr("Where it is from")}},
                       rows);
}

/// The same input with the same value of any number of components.
struct Shared {
    QString label, value, help;
    std::vector<Drawn> of;
};

std::vector<Shared> sharedOf(const Source& source, const std::vector<Drawn>& drawn, Kind kind) {
    std::vector<Shared> all;
    for (const Drawn& one : drawn)
        for (const Parameter& parameter : one.type->parameters) {
            if (kindOf(source, *one.component, parameter) != kind) continue;
            const Shared made{figure(std::string(parameter.label)),
                              parameterText(source.project, *one.component, parameter),
                              figure(std::string(parameter.help)),
                              {one}};
            const auto same = std::ranges::find_if(all, [&](const Shared& other) {
                return other.label == made.label && other.value == made.value && other.help == made.help;
            });
            same == all.end() ? all.push_back(made) : same->of.push_back(one);
        }
    return all;
}

/// The names; "all 58 of type Service" where more than four are all that there are of their type.
QString namesOf(const std::vector<Drawn>& some, const std::vector<Drawn>& drawn) {
    constexpr std::ptrdiff_t kFewNames = 4;
    QStringList words;
    std::vector<const components::ComponentType*> done;
    for (const Drawn& one : some) {
        const auto sameType = [&](const Drawn& other) { return other.type == one.type; };
        const auto count = std::ranges::count_if(some, sameType);
        if (count <= kFewNames || count != std::ranges::count_if(drawn, sameType)) {
            words << figure(one.component->name);
        } else if (std::ranges::find(done, one.type) == done.end()) {
            words << QObject::tr("all %1 of type %2").arg(count).arg(figure(std::string(one.type->label)));
            done.push_back(one.type);
        }
    }
    return words.join(QStringLiteral(", "));
}

std::vector<Block> sharedTable(const Source& source, const std::vector<Drawn>& drawn, Kind kind) {
    std::vector<TableRow> rows;
    for (const Shared& input : sharedOf(source, drawn, kind))
        rows.push_back({{{.text = input.label, .bold = true},
                         {input.value},
                         {namesOf(input.of, drawn)},
                         {.text = input.help, .colour = kMuted}}});
    if (rows.empty()) return {};
    return tableBlocks({{QObject::tr("Input")},
                        {kind == Kind::Unused ? QObject::tr("Taken as") : QObject::tr("Value")},
                        {QObject::tr("Of")},
                        {QObject::tr("What it means")}},
                       rows);
}

/// A row a component: "Nodes 1; vCPUs 2 (preset: EC2 c7g.large, 2026-08-01)".
std::vector<Block> confirmedTable(const Source& source, const std::vector<Drawn>& drawn) {
    std::vector<TableRow> rows;
    for (const auto& [component, type] : drawn) {
        QStringList inputs;
        for (const Parameter& parameter : type->parameters) {
            if (kindOf(source, *component, parameter) != Kind::Confirmed) continue;
            const Provenance& from = *provenanceOf(*component, parameter.key);
            const QString words = figure(std::string(parameter.label)) + QLatin1Char(' ') +
                                  parameterText(source.project, *component, parameter);
            inputs << (from.kind == Provenance::Kind::Typed ? words
                                                            : QStringLiteral("%1 (%2)").arg(words, originWords(from)));
        }
        if (!inputs.isEmpty())
            rows.push_back({{{.text = figure(component->name), .bold = true}, {inputs.join(QStringLiteral("; "))}}});
    }
    if (rows.empty()) return {};
    return tableBlocks({{QObject::tr("Component")}, {QObject::tr("Inputs, typed where nothing else is said")}}, rows);
}

QString title(const InputTotals& totals) {
    if (totals.all == 0) return QObject::tr("Nothing that is drawn has inputs");
    if (totals.defaults == 0) return QObject::tr("Every input was set by hand, preset or measured");
    if (totals.defaults == 1)
        return QObject::tr("One of %1 inputs is an assumed value that nobody measured").arg(totals.all);
    return QObject::tr("%1 of %2 inputs are assumed values that nobody measured").arg(totals.defaults).arg(totals.all);
}

void addTable(Chapter& chapter, const QString& heading, std::vector<Block> table) {
    if (table.empty()) return;
    chapter.blocks.push_back(sectionHeading(heading));
    append(chapter.blocks, std::move(table));
}

} // namespace

Chapter assumptionsChapter(const Source& source) {
    Chapter chapter{QObject::tr("Assumptions"), title(inputTotals(source)), {}};
    const auto* scenario = document::findScenario(source.project, source.assessment.scenario);
    const std::vector<Drawn> drawn = drawnOf(*scenario);
    addTable(chapter, QObject::tr("Assumed"), sharedTable(source, drawn, Kind::Assumed));
    addTable(chapter, QObject::tr("Changed from the default"), changedTable(source, drawn));
    addTable(chapter, QObject::tr("Confirmed at the default"), confirmedTable(source, drawn));
    addTable(chapter, QObject::tr("Left empty"), sharedTable(source, drawn, Kind::Unused));
    if (source.project.note.empty()) return chapter;
    chapter.blocks.push_back(sectionHeading(QObject::tr("Note of the project")));
    for (const QString& part : figure(source.project.note).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        const bool item = part.startsWith(QLatin1String("- "));
        append(chapter.blocks, item ? listItem(part.mid(2), kFigureText) : paragraph(part, kFigureText));
    }
    return chapter;
}

} // namespace plimsoll::gui::report
