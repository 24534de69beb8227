#include "gui/inspector/bound_field.h"

namespace plimsoll::gui {

BoundField::BoundField(Document& document, const components::Parameter& parameter, NumberBinding binding,
                       QWidget* parent)
    : UnitField(parameter, parent), m_binding(std::move(binding)), m_burst(document, m_binding.key) {
    connect(this, &UnitField::editingBegun, this, &BoundField::beginBurst);
    connect(this, &UnitField::valueEdited, this, &BoundField::write);
    connect(this, &UnitField::committed, this, &BoundField::endBurst);
    connect(this, &UnitField::rewound, this, [this] { m_burst.restore(m_binding.undoText); });
    connect(this, &UnitField::restored, this, &BoundField::restoreBurst);
    refresh();
}

void BoundField::refresh() {
    m_reading = m_binding.read();
    m_reading.mixed ? showMixed(m_reading.span) : showValue(m_reading.value);
}

void BoundField::beginBurst() {
    m_burst.begin();
}

void BoundField::write(const FieldValue& value) {
    if (const auto refusal = m_burst.write(m_binding.undoText, m_binding.edited(value)))
        showRefusal(QString::fromStdString(refusal->message));
}

void BoundField::restoreBurst() {
    m_burst.restore(m_binding.undoText);
    m_burst.end();
}

void BoundField::endBurst() {
    m_burst.end();
}

void BoundField::reset() {
    if (m_binding.reset) m_burst.write(m_binding.undoText, m_binding.reset());
}

} // namespace plimsoll::gui
