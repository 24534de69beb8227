#include "gui/inspector/link_page.h"

#include "gui/inspector/figure_grid.h"
#include "gui/inspector/head.h"
#include "gui/inspector/number_row.h"
#include "gui/inspector/rule.h"
#include "gui/inspector/word_row.h"
#include "gui/widgets/section.h"
#include "models/text/figure_text.h"

namespace plimsoll::gui {
namespace {

using components::Parameter;
using document::Link;

QString fromText(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

const document::Scenario* scenarioOf(const Document& document, const ViewState& view) {
    return document::findScenario(document.project(), view.scenario());
}

} // namespace

QString LinkPage::shape(const Document& document, const ViewState& view, const Ends& ends) {
    const auto* scenario = scenarioOf(document, view);
    const Link* link = scenario ? document::findLink(*scenario, ends.first, ends.second) : nullptr;
    QString shape = QString::fromStdString(ends.first + '>' + ends.second);
    if (!link) return shape;
    for (const LinkNumber& number : linkNumbers()) shape += !number.shown || number.shown(*link) ? '1' : '0';
    for (const auto& component : scenario->components) { // the caches that it may depend on
        const auto* type = components::findType(component->type);
        if (type && type->capabilities.isCache) shape += QString::fromStdString(component->id + '/' + component->name);
    }
    return shape;
}

LinkPage::LinkPage(const PageContext& context, Ends ends)
    : Page(context), m_ends(std::move(ends)), m_hover(new RowHover(this)) {
    m_head = new Head({}, false, this);
    m_layout->addWidget(m_head);
    m_layout->addSpacing(4);
    for (const LinkNumber& number : linkNumbers()) {
        if (number.parameter.key == "share") addWhen();
        if (link() && (!number.shown || number.shown(*link()))) addNumber(number);
    }
    for (const LinkWord& word : linkWords()) addWord(word);
    m_layout->addWidget(new Rule(this));
    m_figuresSection = new Section(tr("Figures"), this);
    m_grid = new FigureGrid(m_figuresSection);
    m_figuresSection->body()->addWidget(m_grid);
    m_layout->addWidget(m_figuresSection);
    m_layout->addStretch();
    refresh();
}

const Link* LinkPage::link() const {
    const auto* scenario = scenarioOf(m_context.document, m_context.view);
    return scenario ? document::findLink(*scenario, m_ends.first, m_ends.second) : nullptr;
}

QString LinkPage::name() const {
    const auto* scenario = scenarioOf(m_context.document, m_context.view);
    const auto nameOf = [&](const document::Id& id) {
        const auto* component = scenario ? document::findComponent(*scenario, id) : nullptr;
        return QString::fromStdString(component ? component->name : id);
    };
    return tr("%1 to %2").arg(nameOf(m_ends.first), nameOf(m_ends.second));
}

Section* LinkPage::sectionOf(const std::string& group) {
    Section*& section = m_sections[group];
    if (section) return section;
    section = new Section(QString::fromStdString(group), this);
    const QString key = QStringLiteral("link/") + QString::fromStdString(group);
    section->setOpen(!m_context.folded.contains(key));
    auto* folded = &m_context.folded;
    connect(section, &Section::toggled, this,
            [folded, key](bool open) { open ? (void)folded->erase(key) : (void)folded->insert(key); });
    m_layout->addWidget(section);
    return section;
}

void LinkPage::add(Row* row, const Parameter& parameter) {
    sectionOf(std::string(parameter.group))->body()->addWidget(row);
    m_hover->watch(row);
    m_rows[std::string(parameter.key)] = row;
}

void LinkPage::addNumber(const LinkNumber& number) {
    auto* row = new NumberRow(m_context.document, number.parameter, binding(number, {}), this);
    if (number.parameter.byClass) {
        for (const auto& one : m_context.document.project().classes)
            row->addClass(QString::fromStdString(one.name), number.parameter, binding(number, one.id));
        bool differs = false;
        for (const auto& one : m_context.document.project().classes)
            differs |= number.read(*link(), one.id).has_value();
        row->setClassesShown(differs);
    }
    add(row, number.parameter);
}

void LinkPage::addWord(const LinkWord& word) {
    const Parameter& parameter = word.parameter;
    const QString key = fromText(parameter.key), label = fromText(parameter.label), help = fromText(parameter.help);
    Row* row = nullptr;
    if (parameter.dimension == components::Dimension::Switch)
        row = new SwitchRow(m_context.document, key, label, help, binding(parameter, word.read, word.write), this);
    else {
        std::vector<ChoiceRow::Word> words;
        for (const auto& choice : parameter.choices)
            words.push_back({std::string(choice.word), fromText(choice.label)});
        row =
            new ChoiceRow(m_context.document, key, label, help, words, binding(parameter, word.read, word.write), this);
    }
    add(row, parameter);
}

void LinkPage::addWhen() {
    static const Parameter parameter{.key = "when", .label = "Made", .defaultWord = "always", .group = "Calls"};
    std::vector<ChoiceRow::Word> words{{"always", tr("Always")}, {"share", tr("With a chance")}};
    if (const auto* scenario = scenarioOf(m_context.document, m_context.view))
        for (const auto& component : scenario->components) {
            const auto* type = components::findType(component->type);
            if (type && type->capabilities.isCache && component->id != m_ends.second)
                words.push_back(
                    {"miss:" + component->id, tr("On a miss of %1").arg(QString::fromStdString(component->name))});
        }
    add(new ChoiceRow(m_context.document, QStringLiteral("when"), tr("Made"),
                      tr("Whether the calls are always made, only for what a cache misses, or with a chance"), words,
                      binding(parameter, whenWord, setWhen), this),
        parameter);
}

NumberBinding LinkPage::binding(const LinkNumber& number, const document::Id& classId) const {
    NumberBinding binding;
    const LinkNumber* field = &number;
    binding.read = [this, field, classId] {
        NumberReading reading;
        const Link* now = link();
        if (!now) return reading;
        reading.value = field->read(*now, classId);
        const FieldValue usual = field->read(Link{}, classId);
        reading.changed = reading.value != (field->shown ? text::Typed{*field->parameter.defaultNumber, {}} : usual);
        for (const auto& one : m_context.document.project().classes)
            reading.changed |= classId.empty() && field->parameter.byClass && field->read(*now, one.id).has_value();
        reading.usual = field->parameter.defaultNumber
                            ? quantityText(*field->parameter.defaultNumber, field->parameter.dimension)
                            : fromText(field->parameter.absent);
        return reading;
    };
    const auto withValue = [this, field](const auto& change) -> edit::Result {
        const Link* now = link();
        if (!now) return m_context.document.project();
        Link changed = *now;
        change(changed);
        return edit::setLink(m_context.document.project(), m_context.view.scenario(), std::move(changed));
    };
    binding.edited = [withValue, field, classId](const FieldValue& value) {
        return withValue([&](Link& changed) { field->write(changed, classId, value); });
    };
    binding.reset = [this, withValue, field] {
        return withValue([&](Link& changed) {
            for (const auto& one : m_context.document.project().classes) field->write(changed, one.id, {});
            const auto& usual = field->parameter.defaultNumber;
            field->write(changed, {}, usual ? FieldValue(text::Typed{*usual, {}}) : FieldValue{});
        });
    };
    binding.undoText = tr("change %1 of the link %2").arg(fromText(number.parameter.label), name());
    binding.key =
        QStringLiteral("link/%1>%2/%3/%4")
            .arg(fromText(m_ends.first), fromText(m_ends.second), fromText(number.parameter.key), fromText(classId));
    return binding;
}

WordBinding LinkPage::binding(const Parameter& parameter, std::function<std::string(const Link&)> read,
                              std::function<void(Link&, const std::string&)> write) const {
    WordBinding binding;
    const std::string usual(parameter.defaultWord);
    binding.read = [this, read = std::move(read), usual] {
        WordReading reading;
        if (const Link* now = link()) reading.word = read(*now);
        reading.changed = reading.word != usual;
        return reading;
    };
    binding.edited = [this, write = std::move(write)](const std::string& word) -> edit::Result {
        const Link* now = link();
        if (!now) return m_context.document.project();
        Link changed = *now;
        write(changed, word);
        return edit::setLink(m_context.document.project(), m_context.view.scenario(), std::move(changed));
    };
    binding.reset = [edited = binding.edited, usual] { return edited(usual); };
    binding.undoText = tr("change %1 of the link %2").arg(fromText(parameter.label), name());
    binding.key =
        QStringLiteral("link/%1>%2/%3").arg(fromText(m_ends.first), fromText(m_ends.second), fromText(parameter.key));
    return binding;
}

void LinkPage::refresh() {
    if (!link()) return; // the inspector is about to show something else
    m_head->setName(name());
    m_head->setSubtitle(link()->mode == document::Mode::Async ? tr("Link, asynchronous") : tr("Link"));
    for (const auto& [key, row] : m_rows) row->refresh();
    refreshProblems();
    refreshFigures();
}

void LinkPage::refreshProblems() {
    const std::string subject = m_ends.first + '>' + m_ends.second;
    for (const auto& [key, row] : m_rows) row->setProblem({}, MessageLine::Tone::Error);
    for (const assess::Problem& problem : m_context.figures.problems()) {
        if (problem.component != subject || m_rows.empty()) continue;
        const auto found = m_rows.find(problem.field);
        Row* row = found == m_rows.end() ? m_rows.at("calls") : found->second;
        const bool isError = problem.severity == assess::Severity::Error;
        row->setProblem(QString::fromStdString(problem.message),
                        isError ? MessageLine::Tone::Error : MessageLine::Tone::Warning);
    }
}

void LinkPage::refreshFigures() {
    const auto* assessment = m_context.figures.assessment();
    const auto* figures = assessment ? assessment->link(m_ends.first, m_ends.second) : nullptr;
    m_figuresSection->setVisible(figures);
    if (!figures) return;
    m_figuresSection->setNote(tr("at %1").arg(QString::fromStdString(text::factor(assessment->loadFactor).joined())));
    const auto cell = [](const QString& label, const text::Figure& figure) {
        return FigureCell{label, QString::fromStdString(figure.number), QString::fromStdString(figure.unit), {}};
    };
    std::vector<FigureCell> cells{cell(tr("Offered"), text::rate(figures->offered)),
                                  cell(tr("Carried"), text::rate(figures->carried))};
    const double offered = figures->offered.value;
    const double lost = offered > 0 ? (offered - figures->carried.value) / offered : 0;
    constexpr double kNothing = 1e-9; // below the solver's tolerance
    if (lost > kNothing) {
        cells.push_back(cell(tr("Lost"), text::share(lost)));
        cells.back().tone = FigureCell::Tone::Error;
    }
    for (const auto& [id, rate] : figures->carriedByClass)
        if (const auto* one = document::findClass(m_context.document.project(), id))
            cells.push_back(cell(QString::fromStdString(one->name), text::rate(rate)));
    m_grid->showCells(std::move(cells), m_context.figures.stale());
}

} // namespace plimsoll::gui
