#include "gui/inspector/project_page.h"

#include "gui/inspector/class_bindings.h"
#include "gui/inspector/class_block.h"
#include "gui/inspector/class_table.h"
#include "gui/inspector/figure_grid.h"
#include "gui/inspector/head.h"
#include "gui/inspector/row.h"
#include "gui/inspector/rule.h"
#include "gui/inspector/target_bindings.h"
#include "gui/inspector/target_block.h"
#include "gui/theme/fonts.h"
#include "gui/widgets/section.h"
#include "models/text/figure_text.h"

#include <QEvent>
#include <QPlainTextEdit>
#include <QPushButton>

namespace plimsoll::gui {
namespace {

constexpr int kNoteLines = 4, kNoteFrame = 6; // the rest scrolls

} // namespace

QString ProjectPage::shape(const Document& document) {
    QString shape = QString::fromStdString(firstStart(document.project()));
    for (const auto& one : document.project().classes) shape += isClosed(one) ? 'u' : 'r';
    for (const auto& target : document.project().targets)
        shape += QStringLiteral("t%1").arg(static_cast<int>(target.metric));
    return shape;
}

ProjectPage::ProjectPage(const PageContext& context) : Page(context), m_hover(new RowHover(this)) {
    buildTexts();
    buildClasses();
    m_layout->addWidget(new Rule(this));
    buildTargets();
    m_layout->addWidget(new Rule(this));
    buildFigures();
    m_layout->addStretch();
    refresh();
}

void ProjectPage::buildTexts() {
    m_head = new Head({}, true, this);
    m_layout->addWidget(m_head);
    connect(m_head, &Head::renamed, this,
            [this](const QString& name) { rename(name, QString::fromStdString(m_context.document.project().note)); });
    m_note = new QPlainTextEdit(this);
    m_note->setObjectName(QStringLiteral("note"));
    m_note->setAccessibleName(tr("Note"));
    m_note->setPlaceholderText(tr("Note: what this is about, what is assumed"));
    m_note->setFont(uiFont(13));
    m_note->setFixedHeight(kNoteLines * m_note->fontMetrics().lineSpacing() + kNoteFrame);
    m_note->setTabChangesFocus(true);
    m_note->installEventFilter(this);
    auto* frame = new QVBoxLayout;
    frame->setContentsMargins(16, 8, 16, 4);
    frame->addWidget(m_note);
    m_layout->addLayout(frame);
}

Section* ProjectPage::addSection(const QString& title, const QString& name) {
    auto* section = new Section(title, this);
    section->setObjectName(name);
    const QString key = QStringLiteral("project/") + name;
    section->setOpen(!m_context.folded.contains(key));
    auto* folded = &m_context.folded;
    connect(section, &Section::toggled, this, [folded, key](bool open) {
        if (open)
            folded->erase(key);
        else
            folded->insert(key);
    });
    m_layout->addWidget(section);
    return section;
}

QPushButton* ProjectPage::addButton(Section* section, const QString& text, const QString& name) {
    auto* button = new QPushButton(text, section);
    button->setObjectName(name);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(28, 4, 12, 4);
    line->addWidget(button);
    line->addStretch();
    section->body()->addLayout(line);
    return button;
}

void ProjectPage::buildClasses() {
    m_classSection = addSection(tr("Request types"), QStringLiteral("classes"));
    int index = 0;
    for (const auto& one : m_context.document.project().classes) {
        auto* block = new ClassBlock(m_context, one.id, index++, m_hover, m_classSection);
        m_classSection->body()->addWidget(block);
        m_classes.push_back(block);
    }
    m_classHint = new MessageLine(MessageLine::Tone::Muted, m_classSection);
    m_classHint->setContentsMargins(28, 0, 12, 2);
    m_classSection->body()->addWidget(m_classHint);
    m_addClass = addButton(m_classSection, tr("Add request type"), QStringLiteral("addClass"));
    connect(m_addClass, &QPushButton::clicked, this, [this] {
        const auto& project = m_context.document.project();
        m_context.document.apply(tr("add a request type"),
                                 edit::setClass(project, newClass(project, firstStart(project))));
    });
}

void ProjectPage::buildTargets() {
    m_targetSection = addSection(tr("Targets"), QStringLiteral("targets"));
    for (std::size_t i = 0; i < m_context.document.project().targets.size(); ++i) {
        auto* block = new TargetBlock(m_context, i, m_targetSection);
        m_targetSection->body()->addWidget(block);
        m_targets.push_back(block);
    }
    m_targetHint = new MessageLine(MessageLine::Tone::Muted, m_targetSection);
    m_targetHint->setContentsMargins(28, 0, 12, 2);
    m_targetSection->body()->addWidget(m_targetHint);
    m_addTarget = addButton(m_targetSection, tr("Add target"), QStringLiteral("addTarget"));
    connect(m_addTarget, &QPushButton::clicked, this, [this] {
        const auto& project = m_context.document.project();
        m_context.document.apply(tr("add a target"), edit::setTargets(project, withNew(project)));
    });
}

void ProjectPage::buildFigures() {
    m_figuresSection = addSection(tr("Figures"), QStringLiteral("wholeFigures"));
    m_problem = new MessageLine(MessageLine::Tone::Warning, m_figuresSection);
    m_problem->setContentsMargins(28, 0, 12, 4);
    m_grid = new FigureGrid(m_figuresSection);
    m_table = new ClassTable(m_figuresSection);
    m_figuresSection->body()->addWidget(m_problem);
    m_figuresSection->body()->addWidget(m_grid);
    m_figuresSection->body()->addWidget(m_table);
}

void ProjectPage::refresh() {
    const auto& project = m_context.document.project();
    m_head->setName(QString::fromStdString(project.name));
    m_head->setSubtitle(
        tr("Project · %1, %2")
            .arg(project.classes.size() == 1 ? tr("1 request type")
                                             : tr("%1 request types").arg(project.classes.size()),
                 project.targets.size() == 1 ? tr("1 target") : tr("%1 targets").arg(project.targets.size())));
    const QString note = QString::fromStdString(project.note);
    if (!m_note->hasFocus() && m_note->toPlainText() != note) m_note->setPlainText(note);
    for (ClassBlock* block : m_classes) block->refresh();
    for (TargetBlock* block : m_targets) block->refresh();
    const bool canStart = !firstStart(project).empty();
    m_addClass->setEnabled(canStart);
    m_classHint->setMessage(canStart                  ? QString()
                            : project.classes.empty() ? tr("No traffic yet: add Clients, requests start there.")
                                                      : tr("No Clients in any scenario: the requests start nowhere."));
    m_addTarget->setEnabled(!project.classes.empty());
    m_targetHint->setMessage(project.targets.empty() ? tr("Set a target to see the safe load.") : QString());
    refreshFigures();
}

void ProjectPage::refreshFigures() {
    const auto* assessment = m_context.figures.assessment();
    const bool solved = assessment && assessment->solved;
    const auto& problems = m_context.figures.problems();
    m_grid->setVisible(solved);
    m_table->setVisible(solved);
    QString why = solved ? QString() : tr("not computed yet");
    for (const auto& problem : problems)
        if (problem.severity == assess::Severity::Error) {
            why = QString::fromStdString(problem.message);
            break;
        }
    m_problem->setMessage(why);
    if (!solved) return m_figuresSection->setNote({});
    m_figuresSection->setNote(tr("at %1").arg(QString::fromStdString(text::factor(assessment->loadFactor).joined())));
    const auto factor = [](const QString& label, std::optional<double> value, const QString& none) {
        FigureCell cell{label, QString::fromStdString(text::factor(value).number), {}, {}};
        if (!value) cell = {label, none, {}, {}, FigureCell::Tone::Muted};
        return cell;
    };
    std::vector<FigureCell> cells{
        factor(tr("Safe load"), assessment->safeLoadFactor, assessment->targets.empty() ? tr("no target") : tr("none")),
        factor(tr("Saturates at"), assessment->saturationLoadFactor, tr("never"))};
    int met = 0;
    for (const auto& verdict : assessment->targets) met += verdict.met.value_or(false);
    if (!assessment->targets.empty())
        cells.push_back({tr("Targets met"),
                         tr("%1 of %2").arg(met).arg(assessment->targets.size()),
                         {},
                         {},
                         met < int(assessment->targets.size()) ? FigureCell::Tone::Error : FigureCell::Tone::Plain});
    m_grid->showCells(std::move(cells), m_context.figures.stale());
    m_table->showLines(classLines(*assessment), m_context.figures.stale());
}

void ProjectPage::rename(const QString& name, const QString& note) {
    const auto& project = m_context.document.project();
    const bool isName = name.toStdString() != project.name;
    m_context.document.apply(isName ? tr("rename the project") : tr("change the note"),
                             edit::setProjectName(project, name.toStdString(), note.toStdString()));
}

bool ProjectPage::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_note && event->type() == QEvent::FocusOut)
        rename(QString::fromStdString(m_context.document.project().name), m_note->toPlainText());
    return Page::eventFilter(watched, event);
}

} // namespace plimsoll::gui
