#pragma once
#include "gui/inspector/bindings.h"
#include "gui/inspector/edit_burst.h"

namespace plimsoll::gui {

/// A UnitField that reads and writes through a binding: one undo step from the first change to the commit.
class BoundField : public UnitField {
    Q_OBJECT
public:
    BoundField(Document& document, const components::Parameter& parameter, NumberBinding binding,
               QWidget* parent = nullptr);
    /// Re-reads the value; what is being typed stays.
    void refresh();
    const NumberReading& reading() const { return m_reading; }

    // The same burst for the slider beside it.
    void beginBurst();
    void write(const FieldValue& value);
    void restoreBurst();
    void endBurst();
    void reset();

private:
    NumberBinding m_binding;
    NumberReading m_reading;
    EditBurst m_burst;
};

} // namespace plimsoll::gui
