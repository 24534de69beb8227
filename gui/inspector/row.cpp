#include "gui/inspector/row.h"

#include "gui/theme/fonts.h"
#include "gui/theme/icons.h"
#include "gui/theme/theme.h"
#include "gui/widgets/provenance_mark.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace plimsoll::gui {
namespace {

constexpr int kIndent = 28, kLineHeight = 32, kRight = 12, kMarkWidth = 20; // mock/README.md
constexpr int kLabel = 90, kEditor = 140, kLeastEditor = 72; // in a narrow dock the editor gives way first
constexpr int kAccentX = 16, kAccentWidth = 3;

} // namespace

Row::Row(const QString& label, const QString& help, QWidget* parent) : QWidget(parent), m_help(help) {
    m_layout = new QVBoxLayout(this);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_line = new QHBoxLayout;
    m_line->setContentsMargins(kIndent, 2, kRight, 2);
    m_line->setSpacing(6);
    m_label = new QLabel(label, this);
    m_label->setFont(uiFont(13));
    m_label->setMinimumWidth(kLabel);
    m_label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_label->setToolTip(help.isEmpty() ? label : QStringLiteral("%1: %2").arg(label, help));
    m_line->addWidget(m_label, 1);
    m_mark = new ProvenanceMark(this);
    m_line->addWidget(m_mark);
    m_reset = new QToolButton(this);
    m_reset->setObjectName(QStringLiteral("reset"));
    m_reset->setAccessibleName(tr("Reset %1").arg(label));
    m_reset->setFixedSize(kMarkWidth, 24);
    m_reset->setStyleSheet(QStringLiteral("padding: 0; min-height: 22px;"));
    m_reset->setIconSize({16, 16});
    m_reset->setFocusPolicy(Qt::TabFocus);
    connect(m_reset, &QToolButton::clicked, this, &Row::resetWanted);
    m_layout->addLayout(m_line);

    m_lowerPart = new QWidget(this);
    m_lowerLine = new QHBoxLayout(m_lowerPart);
    m_lowerLine->setContentsMargins(kIndent, 0, kRight, 2);
    m_lowerLine->setSpacing(6);
    m_lowerPart->setFixedHeight(kLineHeight);
    m_layout->addWidget(m_lowerPart);

    m_message = new MessageLine(MessageLine::Tone::Error, this);
    m_message->setContentsMargins(kIndent, 0, kRight, 4);
    m_layout->addWidget(m_message);
    recolour();
    showParts();
}

void Row::setEditor(QWidget* editor) {
    editor->setMinimumWidth(kLeastEditor);
    editor->setMaximumWidth(kEditor);
    editor->setAccessibleName(m_label->text());
    editor->setAccessibleDescription(m_help);
    constexpr int kFirst = 100; // it takes what it may before the label does
    m_line->insertWidget(m_line->indexOf(m_mark), editor, kFirst);
    m_line->insertWidget(m_line->indexOf(m_mark), m_reset);
    m_label->setBuddy(editor);
    watchFocus(editor);
}

void Row::setLower(QWidget* lower) {
    m_lower = lower;
    m_lowerLine->addWidget(lower, 1);
    m_lowerLine->addWidget(m_reset); // beneath the mark
    watchFocus(lower);
    watchFocus(m_reset);
    showParts();
}

void Row::addBelow(QWidget* below) {
    m_layout->insertWidget(m_layout->indexOf(m_lowerPart), below);
}

void Row::setLabelAside(QWidget* aside) {
    m_line->insertWidget(1, aside);
}

void Row::watchFocus(QWidget* widget) {
    widget->installEventFilter(this);
}

bool Row::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        m_focused = event->type() == QEvent::FocusIn;
        showParts();
    }
    return QWidget::eventFilter(watched, event);
}

void Row::setHovered(bool hovered) {
    m_hovered = hovered;
    showParts();
}

void Row::showState(const std::optional<document::Provenance>& provenance, bool changed, const QString& usual) {
    m_hasMark = provenance.has_value();
    if (provenance) m_mark->showProvenance(*provenance);
    m_changed = changed;
    m_reset->setToolTip(tr("Reset to %1").arg(usual.isEmpty() ? tr("the default") : usual));
    showParts();
}

void Row::showParts() {
    const bool active = m_hovered || m_focused;
    m_lowerPart->setVisible(m_lower && active);
    const bool reset = active && m_changed;
    QSizePolicy place = m_mark->sizePolicy();
    place.setRetainSizeWhenHidden(m_lower || !reset); // editors end at one line, with a mark or without
    m_mark->setSizePolicy(place);
    if (m_lower) {
        m_mark->setVisible(m_hasMark);
        m_reset->setVisible(m_changed); // inside the lower part
    } else {                            // no second line: the button takes the mark's place
        m_reset->setVisible(reset);
        m_mark->setVisible(m_hasMark && !reset);
    }
    update();
}

void Row::setProblem(const QString& message, MessageLine::Tone tone) {
    m_problem = message;
    m_tone = tone;
    if (m_typedProblem.isEmpty()) m_message->setMessage(m_problem, m_tone);
}

void Row::setTyped(const QString& problem) {
    m_typedProblem = problem;
    if (problem.isEmpty())
        m_message->setMessage(m_problem, m_tone);
    else
        m_message->setMessage(problem, MessageLine::Tone::Error);
}

void Row::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_lower && (m_hovered || m_focused)) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.hoverRow);
        painter.drawRoundedRect(QRectF(rect()).adjusted(8, 0, -4, 0), 4, 4);
    }
    if (m_changed) painter.fillRect(QRectF(kAccentX, 7, kAccentWidth, kLineHeight - 14), theme.accent);
}

void Row::recolour() {
    m_reset->setIcon(uiIcon(QStringLiteral("reset"), themeFor(palette()).muted));
}

void Row::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) recolour();
}

void Row::enterEvent(QEnterEvent* event) {
    QWidget::enterEvent(event);
    emit pointedAt();
}

void Row::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    if (!m_lower) setHovered(false);
}

void RowHover::watch(Row* row) {
    connect(row, &Row::pointedAt, this, [this, row] {
        if (m_row == row) return row->setHovered(true);
        if (m_row) m_row->setHovered(false);
        m_row = row;
        m_row->setHovered(true);
    });
    connect(row, &QObject::destroyed, this, [this, row] {
        if (m_row == row) m_row = nullptr;
    });
}

} // namespace plimsoll::gui
