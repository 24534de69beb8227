#include "gui/report/chapters.h"
#include "gui/report/figure_cells.h"
#include "gui/report/parameter_text.h"
#include "gui/report/text_blocks.h"
#include "models/components/component_type.h"

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

std::vector<TableRow> rowsOf(const Source& source, const document::Scenario& scenario, bool assumed) {
    std::vector<TableRow> rows;
    for (const auto& component : scenario.components) {
        const auto* type = components::findType(component->type);
        if (!type || type->capabilities.contains) continue;
        bool first = true;
        for (const Parameter& parameter : type->parameters) {
            const Provenance* provenance = provenanceOf(*component, parameter.key);
            const bool isAssumed = !provenance || provenance->kind == Provenance::Kind::Default;
            if (isAssumed != assumed) continue;
            rows.push_back(
                {{{first ? figure(component->name) : QString(), {}, true, {}},
                  {figure(std::string(parameter.label)), {}, false, {}},
                  {parameterText(source.project, *component, parameter), {}, false, {}},
                  {assumed ? figure(std::string(parameter.help)) : originWords(*provenance), {}, false, kMuted}}});
            first = false;
        }
    }
    return rows;
}

} // namespace

Chapter assumptionsChapter(const Source& source) {
    const auto totals = inputTotals(source);
    Chapter chapter{QObject::tr("Assumptions"),
                    totals.defaults == 0 ? QObject::tr("Every input was set by hand, preset or measured")
                                         : QObject::tr("%1 of %2 inputs are assumed values that nobody measured")
                                               .arg(totals.defaults)
                                               .arg(totals.all),
                    {}};
    const auto* scenario = document::findScenario(source.project, source.assessment.scenario);
    if (const auto typed = rowsOf(source, *scenario, false); !typed.empty()) {
        chapter.blocks.push_back(sectionHeading(QObject::tr("Set for this project")));
        append(chapter.blocks, tableBlocks({{QObject::tr("Component"), 2},
                                            {QObject::tr("Input"), 2.6},
                                            {QObject::tr("Value"), 2.4},
                                            {QObject::tr("Where it is from"), 3}},
                                           typed));
    }
    if (const auto assumed = rowsOf(source, *scenario, true); !assumed.empty()) {
        chapter.blocks.push_back(sectionHeading(QObject::tr("Assumed")));
        append(chapter.blocks, tableBlocks({{QObject::tr("Component"), 2},
                                            {QObject::tr("Input"), 2.6},
                                            {QObject::tr("Value"), 1.6},
                                            {QObject::tr("What it means"), 3.8}},
                                           assumed));
    }
    if (!source.project.note.empty()) {
        chapter.blocks.push_back(sectionHeading(QObject::tr("Note of the project")));
        for (const QString& part : figure(source.project.note).split(QLatin1Char('\n'), Qt::SkipEmptyParts))
            chapter.blocks.push_back(paragraph(part, 9.5));
    }
    return chapter;
}

} // namespace plimsoll::gui::report
