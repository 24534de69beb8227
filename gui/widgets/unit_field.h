// The one editor of numbers with a unit: "12 ms", "3.5k/s", "80..120..190". Grammar: models/text/quantity_text.h.
#pragma once
#include "models/components/component_type.h"
#include "models/text/quantity_text.h"

#include <QLineEdit>

#include <optional>

namespace plimsoll::gui {

/// What a field holds: a number or a range, or none ("no limit").
using FieldValue = std::optional<text::Typed>;

/// A line of text with the unit beside it. Valid text is announced while it is typed; invalid text stays, with a red
/// line, and the model keeps its value. Enter commits, Esc restores, and a field that nobody touched never writes.
class UnitField : public QLineEdit {
    Q_OBJECT
public:
    /// `parameter` says dimension, range, whether whole numbers only, and what "none" is called; its texts (declared
    /// once, for good) outlive the field.
    explicit UnitField(const components::Parameter& parameter, QWidget* parent = nullptr);

    /// Shows what the model holds. Text that is being typed stays if it stands for this value.
    void showValue(const FieldValue& value);
    /// Several components that differ; typing sets all. `span` is the tooltip ("4 to 16").
    void showMixed(const QString& span);
    const FieldValue& shownValue() const { return m_value; }
    /// The text with the unit that stands beside it.
    QString fullText() const;
    /// Whether "none" and an emptied field are accepted; by default where the parameter is optional.
    void setNoneAllowed(bool allowed, const QString& shownWhenNone);
    void setRangesAllowed(bool allowed) { m_rangesAllowed = allowed; }
    /// Why the text is not taken, with the allowed range; empty: it is.
    const QString& problem() const { return m_problem; }
    /// The document refused the value that was announced.
    void showRefusal(const QString& reason);
    QSize sizeHint() const override;

signals:
    void editingBegun();                // the first change of a burst, before valueEdited()
    void valueEdited(FieldValue value); // live, valid ones only
    void committed();                   // Enter or leaving: the burst is over
    void rewound();                     // the text stopped being valid: the value from before the burst, for now
    void restored();                    // Esc: the value from before the burst is wanted back
    void problemChanged(QString problem);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void take(const QString& text);
    void takeValue(const FieldValue& value);
    void rewind();
    void commit();
    void restore();
    void step(int steps);
    void writeText();
    void layOutUnit();
    bool unitIsBeside() const;
    void setProblem(const QString& problem);
    std::expected<FieldValue, QString> read(const QString& text) const;
    QString allowed() const;

    components::Parameter m_parameter;
    FieldValue m_value, m_valueBefore;
    QString m_unit; // beside the number
    QString m_problem;
    QString m_none; // what an absent value is called
    bool m_mixed = false, m_mixedBefore = false;
    bool m_noneAllowed = false;
    bool m_rangesAllowed = false;
    bool m_isWritten = false; // whether anything was shown yet
    bool m_burst = false;     // from the first change to the commit
    bool m_announced = false; // a value, in this burst
};

/// `value` in the unit of a field of this dimension, "12 ms".
QString quantityText(double value, components::Dimension dimension);

} // namespace plimsoll::gui
