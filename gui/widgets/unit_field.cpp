#include "gui/widgets/unit_field.h"

#include "gui/theme/fonts.h"
#include "gui/theme/theme.h"
#include "gui/widgets/last_digit.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QWheelEvent>

#include <algorithm>
#include <utility>

namespace plimsoll::gui {
namespace {

constexpr int kHeight = 28, kPadding = 8, kUnitGap = 5, kUnitSize = 12; // mock/README.md
constexpr int kNotchAngle = 120;                                        // of QWheelEvent

QString fromText(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

bool isUndoOrRedo(const QKeyEvent& event) {
    return event.matches(QKeySequence::Undo) || event.matches(QKeySequence::Redo);
}

} // namespace

QString quantityText(double value, components::Dimension dimension) {
    return QString::fromStdString(text::fieldText(value, dimension, text::shownUnit(value, dimension)));
}

UnitField::UnitField(const components::Parameter& parameter, QWidget* parent)
    : QLineEdit(parent), m_parameter(parameter) {
    setAlignment(Qt::AlignRight);
    setFixedHeight(kHeight);
    setMinimumWidth(56);
    setFont(uiFont(13));
    setContextMenuPolicy(Qt::DefaultContextMenu);
    setNoneAllowed(!parameter.defaultNumber && !parameter.absent.empty(), fromText(parameter.absent));
    connect(this, &QLineEdit::textEdited, this, &UnitField::take);
    connect(this, &QLineEdit::textChanged, this, &UnitField::layOutUnit);
}

void UnitField::setNoneAllowed(bool allowed, const QString& shownWhenNone) {
    m_noneAllowed = allowed;
    m_none = shownWhenNone;
    if (!m_value && !m_mixed && !m_burst) writeText(); // not over what is being typed
}

QSize UnitField::sizeHint() const {
    return {140, kHeight};
}

void UnitField::showValue(const FieldValue& value) {
    const bool same = value == m_value && !m_mixed;
    if (same && m_isWritten) return;
    const bool interrupted = std::exchange(m_burst, false); // an undo, say: what is typed no longer stands
    m_mixed = false;
    m_value = value;
    setToolTip({});
    writeText();
    if (interrupted) emit committed();
}

void UnitField::showMixed(const QString& span) {
    setToolTip(span);
    if (m_mixed) return;
    m_mixed = true;
    m_value.reset();
    writeText();
}

void UnitField::writeText() {
    QString text;
    if (m_mixed) {
        text = QString(QChar(0x2013));
        m_unit.clear();
    } else if (!m_value) {
        text = m_none;
        m_unit.clear();
    } else {
        const auto dimension = m_parameter.dimension;
        const std::string unit = text::shownUnit(m_value->value, dimension, m_unit.toStdString());
        m_unit = QString::fromStdString(unit);
        const auto bare = [&](double value) {
            QString full = QString::fromStdString(text::fieldText(value, dimension, unit));
            if (!m_unit.isEmpty() && full.endsWith(m_unit)) full = full.chopped(m_unit.size()).trimmed();
            return full;
        };
        const auto& range = m_value->range;
        text = range ? QStringLiteral("%1 .. %2 .. %3").arg(bare(range->low), bare(range->likely), bare(range->high))
                     : bare(m_value->value);
    }
    m_isWritten = true;
    setText(text); // forgets the undo history of the text: Ctrl+Z is the document's again
    setModified(false);
    setProblem({});
    layOutUnit();
}

/// The unit stands beside a number without one; a text with its own unit, or a word, stands alone.
bool UnitField::unitIsBeside() const {
    if (m_unit.isEmpty() || m_mixed) return false;
    const QString now = text();
    return std::none_of(now.begin(), now.end(), [](QChar c) { return c.isLetter() || c == '%' || c == '/'; });
}

void UnitField::layOutUnit() {
    const int width = unitIsBeside() ? QFontMetrics(uiFont(kUnitSize)).horizontalAdvance(m_unit) + kUnitGap - 2
                                     : 0; // 2: its own margin
    setTextMargins(0, 0, width, 0);
    const bool muted = (!m_value || m_mixed) && !isModified();
    QPalette colours = QWidget::palette();
    const Theme& theme = themeFor(colours);
    const QColor wanted = muted ? theme.muted : theme.text;
    if (colours.color(QPalette::Text) == wanted) return;
    colours.setColor(QPalette::Text, wanted);
    setPalette(colours);
}

void UnitField::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    if (!unitIsBeside()) return;
    QPainter painter(this);
    painter.setFont(uiFont(kUnitSize));
    painter.setPen(isEnabled() ? themeFor(palette()).muted : themeFor(palette()).line);
    painter.drawText(rect().adjusted(0, 0, -kPadding - 1, 0), Qt::AlignRight | Qt::AlignVCenter, m_unit);
}

QString UnitField::allowed() const {
    const auto dimension = m_parameter.dimension;
    QString range =
        tr("%1 to %2").arg(quantityText(m_parameter.minimum, dimension), quantityText(m_parameter.maximum, dimension));
    if (m_parameter.integer) range = tr("%1, whole numbers").arg(range);
    return m_noneAllowed ? tr("%1, or none").arg(range) : range;
}

std::expected<FieldValue, QString> UnitField::read(const QString& text) const {
    const QString word = text.trimmed();
    const bool none =
        word.compare(QStringLiteral("none"), Qt::CaseInsensitive) == 0 || (!m_none.isEmpty() && word == m_none);
    if (m_noneAllowed && none) return FieldValue{};
    const std::optional<double> present = m_valueBefore ? std::optional(m_valueBefore->value) : std::nullopt;
    const auto typed = text::parse(text.toStdString(), m_parameter.dimension, m_unit.toStdString(), present);
    if (!typed) return std::unexpected(QString::fromStdString(typed.error()));
    if (typed->range && !m_rangesAllowed) return std::unexpected(tr("takes one number, not a range"));
    document::Numeric numeric;
    numeric.value = typed->value;
    numeric.range = typed->range;
    if (!components::whyNotValue(m_parameter, numeric)) return FieldValue{*typed};
    return std::unexpected(tr("allowed: %1").arg(allowed()));
}

void UnitField::take(const QString& text) {
    if (!m_burst) {
        m_burst = true;
        m_valueBefore = m_value;
        m_mixedBefore = m_mixed;
        m_announced = false;
        emit editingBegun();
    }
    const bool empty = text.trimmed().isEmpty(); // on the way to another text; commit() decides
    const auto value = empty ? std::unexpected(QString()) : read(text);
    if (value) return takeValue(*value);
    setProblem(value.error());
    rewind();
}

/// "20" on the way to a refused "200" is not what was meant: the model keeps the value from before.
void UnitField::rewind() {
    if (!std::exchange(m_announced, false)) return;
    m_value = m_valueBefore;
    m_mixed = m_mixedBefore;
    emit rewound();
}

void UnitField::takeValue(const FieldValue& value) {
    setProblem({});
    if (value == m_value && !m_mixed) return;
    m_mixed = false;
    m_value = value;
    m_announced = true;
    emit valueEdited(value);
}

QString UnitField::fullText() const {
    if (!unitIsBeside()) return text();
    return m_unit.startsWith('/') ? text() + m_unit : text() + ' ' + m_unit;
}

void UnitField::commit() {
    if (!m_burst) return;
    const bool empty = text().trimmed().isEmpty();
    if (empty && m_noneAllowed) takeValue({});
    // Typing the value that is there already confirms it: it is no longer assumed.
    if (!empty && m_problem.isEmpty() && !m_announced && !m_mixed) emit valueEdited(m_value);
    m_burst = false;
    if (m_problem.isEmpty()) writeText(); // else the text stays until it is mended or given up
    emit committed();
}

void UnitField::restore() {
    if (std::exchange(m_burst, false)) {
        m_value = m_valueBefore;
        m_mixed = m_mixedBefore;
        writeText();
        emit restored();
    } else
        writeText(); // a text that was refused before
    selectAll();
}

void UnitField::step(int steps) {
    if (m_mixed || !m_value || m_value->range) return;
    const auto stepped = steppedInLastDigit(text(), steps);
    if (!stepped || !read(*stepped)) return; // beyond the range it stays
    setText(*stepped);
    setModified(true);
    take(*stepped);
}

void UnitField::showRefusal(const QString& reason) {
    setProblem(reason);
}

void UnitField::setProblem(const QString& problem) {
    if (problem == m_problem) return;
    m_problem = problem;
    setProperty("invalid", !problem.isEmpty());
    style()->unpolish(this);
    style()->polish(this);
    emit problemChanged(problem);
}

bool UnitField::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && !isModified() && isUndoOrRedo(static_cast<QKeyEvent&>(*event))) {
        event->ignore(); // QLineEdit would keep Ctrl+Z for itself even if nothing was typed
        return true;
    }
    return QLineEdit::event(event);
}

void UnitField::keyPressEvent(QKeyEvent* event) {
    const int factor = event->modifiers() & Qt::ShiftModifier ? 10 : 1;
    switch (event->key()) {
    case Qt::Key_Up: return step(factor);
    case Qt::Key_Down: return step(-factor);
    case Qt::Key_Return:
    case Qt::Key_Enter: commit(); return selectAll();
    case Qt::Key_Escape:
        if (!m_burst && m_problem.isEmpty()) return event->ignore(); // the panel's: back to the canvas
        return restore();
    default: break;
    }
    if (isUndoOrRedo(*event) && !isModified()) return event->ignore();
    QLineEdit::keyPressEvent(event);
}

void UnitField::wheelEvent(QWheelEvent* event) {
    const int notches = event->angleDelta().y() / kNotchAngle;
    if (!hasFocus()) return event->ignore(); // scrolling the panel must not edit
    if (notches != 0) step(notches);
    event->accept();
}

void UnitField::focusInEvent(QFocusEvent* event) {
    QLineEdit::focusInEvent(event);
    if (!m_burst && !m_value) selectAll(); // a word is typed over
}

void UnitField::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason) commit();
}

void UnitField::changeEvent(QEvent* event) {
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) layOutUnit();
}

} // namespace plimsoll::gui
