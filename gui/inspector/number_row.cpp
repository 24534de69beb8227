#include "gui/inspector/number_row.h"

#include "gui/theme/fonts.h"
#include "gui/theme/icons.h"
#include "gui/theme/theme.h"
#include "gui/widgets/value_slider.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QToolButton>

namespace plimsoll::gui {
namespace {

constexpr int kColumns = 3; // class fields a line, in a panel of 340
constexpr int kIndent = 28, kRight = 38;
constexpr int kChevron = 20, kChevronIcon = 14;

QString fromText(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

NumberRow::NumberRow(Document& document, const components::Parameter& parameter, NumberBinding binding, QWidget* parent)
    : Row(fromText(parameter.label), fromText(parameter.help), parent), m_document(document) {
    m_field = new BoundField(document, parameter, std::move(binding), this);
    m_field->setObjectName(fromText(parameter.key));
    m_slider = new ValueSlider(parameter, this);
    m_slider->setObjectName(fromText(parameter.key) + QStringLiteral("/slider"));
    m_slider->setAccessibleName(fromText(parameter.label));
    setEditor(m_field);
    setLower(m_slider);
    connect(m_field, &UnitField::problemChanged, this, &NumberRow::setTyped);
    connect(this, &Row::resetWanted, m_field, &BoundField::reset);
    connect(m_slider, &ValueSlider::sliderPressed, this, [this] {
        m_pressed = m_field->shownValue();
        m_field->beginBurst();
    });
    connect(m_slider, &ValueSlider::valueEdited, this, &NumberRow::drag);
    connect(m_slider, &ValueSlider::sliderReleased, m_field, &BoundField::endBurst);
    refresh();
}

void NumberRow::drag(double value) {
    // Back where it was pressed is no change at all, not even of the value's provenance.
    if (m_pressed && m_pressed->value == value && !m_field->reading().mixed) {
        m_field->restoreBurst();
        m_field->beginBurst();
    } else
        m_field->write(text::Typed{value, {}});
}

void NumberRow::makeClassFields() {
    m_classes = new QWidget(this);
    auto* grid = new QGridLayout(m_classes);
    grid->setContentsMargins(kIndent, 0, kRight, 4);
    grid->setHorizontalSpacing(6);
    grid->setVerticalSpacing(0);
    for (int column = 0; column < kColumns; ++column) grid->setColumnStretch(column, 1);
    addBelow(m_classes);
    m_byType = new QToolButton(this);
    m_byType->setObjectName(m_field->objectName() + QStringLiteral("/by_type"));
    m_byType->setToolTip(tr("A value of its own for each request type"));
    m_byType->setAccessibleName(tr("%1 by request type").arg(m_field->accessibleName()));
    m_byType->setCheckable(true);
    m_byType->setFixedSize(kChevron, kChevron);
    m_byType->setIconSize({kChevronIcon, kChevronIcon});
    m_byType->setFocusPolicy(Qt::TabFocus);
    m_byType->setStyleSheet(QStringLiteral("QToolButton { padding: 0; min-height: 18px; }"
                                           "QToolButton:checked { border: 0; background: transparent; }"));
    setLabelAside(m_byType);
    connect(m_byType, &QToolButton::toggled, m_classes, &QWidget::setVisible);
    connect(m_byType, &QToolButton::toggled, this, &NumberRow::drawChevron);
    m_classes->setVisible(false);
    drawChevron();
}

void NumberRow::drawChevron() {
    if (!m_byType) return;
    const auto icon = m_byType->isChecked() ? QStringLiteral("chevron_down") : QStringLiteral("chevron_right");
    m_byType->setIcon(uiIcon(icon, themeFor(palette()).muted));
}

void NumberRow::changeEvent(QEvent* event) {
    Row::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) drawChevron();
}

void NumberRow::addClass(const QString& name, const components::Parameter& parameter, NumberBinding binding) {
    if (!m_classes) makeClassFields();
    auto* grid = static_cast<QGridLayout*>(m_classes->layout());
    const int index = static_cast<int>(m_classFields.size()), column = index % kColumns, line = 2 * (index / kColumns);
    auto* caption = new QLabel(name, m_classes);
    caption->setFont(uiFont(11));
    caption->setForegroundRole(QPalette::PlaceholderText);
    caption->setToolTip(name);
    caption->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    auto* field = new BoundField(m_document, parameter, std::move(binding), m_classes);
    field->setObjectName(m_field->objectName() + '@' + name);
    field->setAccessibleName(QStringLiteral("%1, %2").arg(fromText(parameter.label), name));
    grid->addWidget(caption, line, column);
    grid->addWidget(field, line + 1, column);
    connect(field, &UnitField::problemChanged, this, &NumberRow::setTyped);
    watchFocus(field);
    m_classFields.push_back(field);
    refresh();
}

void NumberRow::setClassesShown(bool shown) {
    if (m_byType) m_byType->setChecked(shown);
}

void NumberRow::refresh() {
    m_field->refresh();
    const NumberReading& reading = m_field->reading();
    m_slider->showValue(reading.value && !reading.mixed ? std::optional(reading.value->value) : std::nullopt);
    showState(reading.provenance, reading.changed, reading.usual);
    for (BoundField* field : m_classFields) {
        field->setNoneAllowed(true, m_field->fullText()); // a type without its own value has the one for all
        field->refresh();
    }
}

} // namespace plimsoll::gui
