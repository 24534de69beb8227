#pragma once
#include "gui/inspector/bound_field.h"
#include "gui/inspector/row.h"

#include <vector>

class QToolButton;

namespace plimsoll::gui {

class ValueSlider;

/// A number: field, slider while hovered or focused, and where it may differ by request type a field for each.
class NumberRow : public Row {
    Q_OBJECT
public:
    NumberRow(Document& document, const components::Parameter& parameter, NumberBinding binding,
              QWidget* parent = nullptr);
    /// One more field, for a request type; the row gets a chevron that shows and hides them.
    void addClass(const QString& name, const components::Parameter& parameter, NumberBinding binding);
    void setClassesShown(bool shown);
    BoundField* field() const { return m_field; }
    ValueSlider* slider() const { return m_slider; }
    void refresh() override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void makeClassFields();
    void drag(double value);

    void drawChevron();

    Document& m_document;
    BoundField* m_field;
    ValueSlider* m_slider;
    FieldValue m_pressed; // the value when the slider was pressed
    QWidget* m_classes = nullptr;
    QToolButton* m_byType = nullptr;
    std::vector<BoundField*> m_classFields;
};

} // namespace plimsoll::gui
