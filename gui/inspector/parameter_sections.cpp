#include "gui/inspector/parameter_sections.h"

#include "gui/inspector/number_row.h"
#include "gui/inspector/provenance_legend.h"
#include "gui/inspector/word_row.h"
#include "gui/widgets/section.h"

#include <QVBoxLayout>

namespace plimsoll::gui {
namespace {

using components::Dimension;
using components::Parameter;

constexpr int kOpenAtFirst = 2; // groups; the others open with a click, or at once where something in them was changed

QString fromText(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

ParameterSections::ParameterSections(const PageContext& context, const Subjects& subjects,
                                     const components::ComponentType& type, QWidget* parent)
    : QWidget(parent), m_context(context), m_subjects(subjects), m_type(type), m_hover(new RowHover(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 4);
    layout->setSpacing(0);
    for (const Parameter& parameter : type.parameters) {
        Row* row = makeRow(parameter);
        if (!row) continue;
        m_rows[std::string(parameter.key)] = row;
        m_hover->watch(row);
        sectionOf(std::string(parameter.group))->body()->addWidget(row);
    }
    updateNotes();
}

Section* ParameterSections::sectionOf(const std::string& group) {
    Section*& section = m_sections[group];
    if (section) return section;
    const QString title = group.empty() ? tr("Parameters") : QString::fromStdString(group);
    section = new Section(title, this);
    const QString key = fromText(m_type.id) + '/' + title;
    const bool first = m_sections.size() <= kOpenAtFirst;
    section->setOpen(first ? !m_context.folded.contains(key) : m_context.folded.contains('+' + key));
    if (m_sections.size() == 1) section->setAside(new ProvenanceLegend(section));
    auto* folded = &m_context.folded;
    connect(section, &Section::toggled, this, [this, folded, key, first](bool open) {
        const QString entry = first ? key : '+' + key;
        if (open == first)
            folded->erase(entry);
        else
            folded->insert(entry);
        updateNotes();
    });
    layout()->addWidget(section);
    return section;
}

Row* ParameterSections::makeRow(const Parameter& parameter) {
    Document& document = m_context.document;
    const QString key = fromText(parameter.key), label = fromText(parameter.label), help = fromText(parameter.help);
    if (parameter.dimension == Dimension::Words) return nullptr; // no declared type has one yet
    if (parameter.dimension == Dimension::Switch)
        return new SwitchRow(document, key, label, help, wordBinding(m_subjects, parameter), this);
    if (parameter.dimension == Dimension::Word) {
        std::vector<ChoiceRow::Word> words;
        for (const auto& choice : parameter.choices)
            words.push_back({std::string(choice.word), fromText(choice.label)});
        return new ChoiceRow(document, key, label, help, words, wordBinding(m_subjects, parameter), this);
    }
    auto* row = new NumberRow(document, parameter, numberBinding(m_subjects, parameter), this);
    row->field()->setRangesAllowed(true);
    if (!parameter.byClass) return row;
    for (const auto& one : document.project().classes)
        row->addClass(QString::fromStdString(one.name), parameter, numberBinding(m_subjects, parameter, one.id));
    row->setClassesShown(differsByClass(m_subjects, parameter));
    return row;
}

void ParameterSections::refresh() {
    for (const auto& [key, row] : m_rows) row->refresh();
    updateNotes();
}

void ParameterSections::updateNotes() {
    std::map<std::string, int> changed;
    for (const auto* component : m_subjects.components())
        for (const Parameter& parameter : m_type.parameters)
            changed[std::string(parameter.group)] += component->parameters.contains(std::string(parameter.key));
    bool first = true;
    for (const Parameter& parameter : m_type.parameters) { // in the order declared
        const std::string group(parameter.group);
        const auto section = m_sections.find(group);
        if (section == m_sections.end()) continue;
        const bool folded = !section->second->isOpen() && !first;
        section->second->setNote(folded && changed[group] > 0 ? tr("%n changed", nullptr, changed[group]) : QString());
        first = false;
    }
}

std::vector<assess::Problem> ParameterSections::showProblems(const std::vector<assess::Problem>& problems) {
    std::map<std::string, const assess::Problem*> byField;
    std::vector<assess::Problem> others;
    for (const assess::Problem& problem : problems) {
        if (!m_rows.contains(problem.field))
            others.push_back(problem);
        else
            byField.try_emplace(problem.field, &problem);
    }
    for (const auto& [key, row] : m_rows) {
        const auto found = byField.find(key);
        const bool isError = found != byField.end() && found->second->severity == assess::Severity::Error;
        row->setProblem(found == byField.end() ? QString() : QString::fromStdString(found->second->message),
                        isError ? MessageLine::Tone::Error : MessageLine::Tone::Warning);
        if (isError) m_sections.at(std::string(components::findParameter(m_type, key)->group))->setOpen(true);
    }
    return others;
}

} // namespace plimsoll::gui
