#include "gui/inspector/component_page.h"

#include "gui/inspector/cost_section.h"
#include "gui/inspector/figure_cells.h"
#include "gui/inspector/figures_section.h"
#include "gui/inspector/head.h"
#include "gui/inspector/parameter_sections.h"
#include "gui/inspector/rule.h"
#include "gui/widgets/note_box.h"
#include "models/text/figure_text.h"

#include <algorithm>

namespace plimsoll::gui {
namespace {

QString fromText(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

NoteBox* addBox(QVBoxLayout* layout, NoteBox::Tone tone, QWidget* parent) {
    auto* box = new NoteBox(tone, parent);
    auto* frame = new QVBoxLayout;
    frame->setContentsMargins(16, 0, 16, 0);
    frame->addWidget(box);
    layout->addLayout(frame);
    box->setVisible(false);
    return box;
}

} // namespace

ComponentPage::ComponentPage(const PageContext& context, std::vector<document::Id> ids)
    : Page(context), m_subjects{context.document, context.view, std::move(ids)} {
    const auto chosen = m_subjects.components();
    const bool oneType = !chosen.empty() && std::ranges::all_of(chosen, [&](const auto* component) {
        return component->type == chosen.front()->type;
    });
    if (oneType) m_type = components::findType(chosen.front()->type);
    build();
    refresh();
}

void ComponentPage::build() {
    const bool single = m_subjects.ids.size() == 1;
    m_head = new Head(m_type ? fromText(m_type->id) : QString(), single, this);
    connect(m_head, &Head::renamed, this, &ComponentPage::rename);
    m_layout->addWidget(m_head);
    m_layout->addSpacing(8);
    m_overload = addBox(m_layout, NoteBox::Tone::Error, this);
    m_overload->setObjectName(QStringLiteral("overload"));
    m_problems = addBox(m_layout, NoteBox::Tone::Warning, this);
    m_problems->setObjectName(QStringLiteral("problems"));
    if (m_type) {
        m_parameters = new ParameterSections(m_context, m_subjects, *m_type, this);
        m_layout->addWidget(m_parameters);
    }
    if (single) {
        m_layout->addWidget(new Rule(this));
        m_figuresSection = new FiguresSection(this);
        m_layout->addWidget(m_figuresSection);
        m_layout->addWidget(new Rule(this));
        m_layout->addWidget(new CostSection(this));
    }
    m_layout->addStretch();
}

void ComponentPage::refresh() {
    if (m_subjects.components().empty()) return; // the inspector is about to show something else
    refreshHead();
    if (m_parameters) m_parameters->refresh();
    refreshFigures();
    refreshProblems();
}

void ComponentPage::refreshHead() {
    const auto chosen = m_subjects.components();
    const QString type = m_type ? fromText(m_type->label) : tr("several types");
    m_head->setName(m_subjects.name());
    const auto* assessment = m_context.figures.assessment();
    const auto* figures = chosen.size() == 1 && assessment ? assessment->component(chosen.front()->id) : nullptr;
    if (figures && isOverloaded(*figures) && figures->offeredUtilisation)
        return m_head->setSubtitle(
            tr("%1 · overloaded: %2 offered")
                .arg(type, QString::fromStdString(text::utilisation(figures->offeredUtilisation).joined())));
    int defaults = 0, all = 0;
    for (const auto* component : chosen) {
        const auto count = components::countInputs(*component);
        defaults += count.defaults;
        all += count.all;
    }
    m_head->setSubtitle(all == 0 ? type : tr("%1 · %2 of %3 inputs assumed").arg(type).arg(defaults).arg(all));
}

void ComponentPage::refreshFigures() {
    if (!m_figuresSection) return;
    const auto* assessment = m_context.figures.assessment();
    const auto* figures = assessment ? assessment->component(m_subjects.ids.front()) : nullptr;
    QString reason = tr("not computed yet");
    if (!m_context.figures.problems().empty())
        reason = QString::fromStdString(m_context.figures.problems().front().message);
    m_figuresSection->showFigures(figures, assessment ? assessment->loadFactor : 1, m_context.figures.stale(), reason);
    const bool overloaded = figures && isOverloaded(*figures);
    m_overload->setVisible(overloaded);
    if (!overloaded) return;
    QString cause;
    if (figures->becauseOf)
        if (const auto* other = assessment->component(*figures->becauseOf))
            cause = tr("Because of %1.").arg(QString::fromStdString(other->name));
    m_overload->setTexts(figures->backlogGrowth.value > 0 ? tr("No steady state") : tr("Overloaded"),
                         overloadText(*figures), cause);
}

void ComponentPage::refreshProblems() {
    std::vector<assess::Problem> own;
    for (const assess::Problem& problem : m_context.figures.problems())
        if (m_subjects.ids.size() == 1 && problem.component == m_subjects.ids.front() &&
            problem.code != "overloaded") // the box above says that
            own.push_back(problem);
    if (m_parameters) own = m_parameters->showProblems(own);
    QStringList lines;
    for (const auto& problem : own) lines += QString::fromStdString(problem.message);
    m_problems->setVisible(!lines.isEmpty());
    if (!lines.isEmpty()) m_problems->setTexts(lines.front(), lines.mid(1).join('\n'));
}

void ComponentPage::rename(const QString& name) {
    const auto chosen = m_subjects.components();
    if (chosen.size() != 1) return;
    m_context.document.apply(
        tr("rename %1").arg(QString::fromStdString(chosen.front()->name)),
        edit::rename(m_context.document.project(), m_context.view.scenario(), chosen.front()->id, name.toStdString()));
}

} // namespace plimsoll::gui
