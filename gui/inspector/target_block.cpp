#include "gui/inspector/target_block.h"

#include "gui/inspector/bound_field.h"
#include "gui/inspector/target_bindings.h"
#include "gui/theme/fonts.h"
#include "gui/theme/icons.h"
#include "gui/theme/theme.h"
#include "gui/widgets/message_line.h"
#include "gui/widgets/word_box.h"
#include "models/assess/verdict.h"
#include "models/text/figure_text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>

namespace plimsoll::gui {
namespace {

constexpr int kLeastBox = 52; // of the words; longer ones are elided

} // namespace

TargetBlock::TargetBlock(const PageContext& context, std::size_t index, QWidget* parent)
    : QWidget(parent), m_context(context), m_index(index) {
    setObjectName(QStringLiteral("target%1").arg(index));
    build();
    recolour();
    refresh();
}

const document::Target* TargetBlock::target() const {
    const auto& targets = m_context.document.project().targets;
    return m_index < targets.size() ? &targets[m_index] : nullptr;
}

void TargetBlock::build() {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(28, 2, 12, 2);
    layout->setSpacing(0);
    auto* line = new QHBoxLayout;
    line->setSpacing(4);
    const auto& project = m_context.document.project();
    m_class = new WordBox(this);
    m_class->setObjectName(QStringLiteral("class"));
    m_class->setAccessibleName(tr("Request type of the target"));
    m_class->setMinimumContentsLength(4);
    for (const auto& one : project.classes)
        m_class->addItem(QString::fromStdString(one.name), QString::fromStdString(one.id));
    m_class->setPlaceholderText(tr("Whole"));
    m_metric = new WordBox(this);
    m_metric->setObjectName(QStringLiteral("metric"));
    m_metric->setAccessibleName(tr("Metric of the target"));
    m_metric->setMinimumContentsLength(4);
    for (const MetricText& metric : metricTexts())
        if (!metric.ofClass || !project.classes.empty())
            m_metric->addItem(metric.label, static_cast<int>(metric.metric));
    m_sign = new QLabel(this);
    m_sign->setFont(uiFont(13));
    m_sign->setFixedWidth(12);
    const MetricText& metric = metricText(target() ? target()->metric : document::Metric::P99);
    m_bound = new BoundField(m_context.document, metric.parameter, boundBinding(m_context.document, m_index), this);
    m_bound->setObjectName(QStringLiteral("bound"));
    m_bound->setAccessibleName(tr("Bound of the target"));
    m_bound->setFixedWidth(76);
    m_remove = new QToolButton(this);
    m_remove->setObjectName(QStringLiteral("remove"));
    m_remove->setAccessibleName(tr("Remove the target"));
    m_remove->setToolTip(tr("Remove the target"));
    m_remove->setFixedSize(20, 28);
    m_remove->setStyleSheet(QStringLiteral("padding: 0;"));
    for (auto* box : {m_class, m_metric}) box->setMinimumWidth(kLeastBox);
    line->addWidget(m_class, 4);
    line->addWidget(m_metric, 3);
    line->addWidget(m_sign);
    line->addWidget(m_bound);
    line->addWidget(m_remove);
    layout->addLayout(line);
    m_typed = new MessageLine(MessageLine::Tone::Error, this);
    m_verdict = new MessageLine(MessageLine::Tone::Muted, this);
    m_verdict->setObjectName(QStringLiteral("verdict"));
    layout->addWidget(m_typed);
    layout->addWidget(m_verdict);
    connect(m_bound, &UnitField::problemChanged, m_typed, qOverload<const QString&>(&MessageLine::setMessage));
    connect(m_class, &QComboBox::activated, this, [this](int at) {
        apply(tr("change a target"),
              withClass(m_context.document.project(), m_index, m_class->itemData(at).toString().toStdString()));
    });
    connect(m_metric, &QComboBox::activated, this, [this](int at) {
        apply(tr("change a target"), withMetric(m_context.document.project(), m_index,
                                                static_cast<document::Metric>(m_metric->itemData(at).toInt())));
    });
    connect(m_remove, &QToolButton::clicked, this,
            [this] { apply(tr("remove a target"), without(m_context.document.project(), m_index)); });
}

void TargetBlock::apply(const QString& text, std::vector<document::Target> targets) {
    m_context.document.apply(text, edit::setTargets(m_context.document.project(), std::move(targets)));
}

void TargetBlock::refresh() {
    const auto* now = target();
    if (!now) return;
    const QSignalBlocker quietClass(m_class), quietMetric(m_metric);
    const MetricText& metric = metricText(now->metric);
    m_class->setCurrentIndex(now->classId ? m_class->findData(QString::fromStdString(*now->classId)) : -1);
    m_class->setEnabled(metric.ofClass);
    m_metric->setCurrentIndex(m_metric->findData(static_cast<int>(now->metric)));
    m_sign->setText(QString(QChar(now->atMost ? 0x2264 : 0x2265)));
    m_sign->setToolTip(now->atMost ? tr("at most") : tr("at least"));
    m_bound->refresh();
    refreshVerdict();
}

void TargetBlock::refreshVerdict() {
    const auto* assessment = m_context.figures.assessment();
    const auto* now = target();
    const assess::TargetVerdict* verdict = nullptr;
    if (assessment && m_index < assessment->targets.size() && assessment->targets[m_index].target == *now)
        verdict = &assessment->targets[m_index];
    if (!verdict) return m_verdict->setMessage({}, MessageLine::Tone::Muted);
    const QString value = verdict->value ? QString::fromStdString(assess::targetFigure(now->metric, *verdict->value))
                                         : tr("no steady state");
    if (!verdict->met)
        return m_verdict->setMessage(verdict->value ? tr("%1 now").arg(value) : tr("not computed yet"),
                                     MessageLine::Tone::Muted);
    QString words = *verdict->met          ? tr("%1 now, met").arg(value)
                    : verdict->canCollapse ? tr("%1 now, but can collapse after a burst").arg(value)
                                           : tr("%1 now, missed").arg(value);
    if (verdict->safeLoadFactor)
        words += tr("; holds up to %1").arg(QString::fromStdString(text::factor(verdict->safeLoadFactor).joined()));
    else if (verdict->holdsAtEveryLoad)
        words += tr("; holds at every load");
    m_verdict->setMessage(words, *verdict->met ? MessageLine::Tone::Muted : MessageLine::Tone::Error);
}

void TargetBlock::recolour() {
    m_remove->setIcon(uiIcon(QStringLiteral("trash"), themeFor(palette()).muted));
}

void TargetBlock::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) recolour();
}

} // namespace plimsoll::gui
