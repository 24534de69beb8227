#pragma once
#include "gui/widgets/message_line.h"
#include "models/document/value.h"

#include <QWidget>

#include <optional>

class QHBoxLayout;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace plimsoll::gui {

class ProvenanceMark;

/// A row of a section: label, editor, provenance mark; below it what shows only while the row is hovered or has the
/// focus (a slider), and a message.
class Row : public QWidget {
    Q_OBJECT
public:
    Row(const QString& label, const QString& help, QWidget* parent = nullptr);

    /// The row has been pointed at: its lower part shows until another row is.
    void setHovered(bool hovered);
    /// A problem of the model that concerns this field; empty: none.
    void setProblem(const QString& message, MessageLine::Tone tone);
    virtual void refresh() = 0;

signals:
    void pointedAt();
    void resetWanted();

protected:
    void setEditor(QWidget* editor);
    /// `lower` shows only while the row is hovered or has the focus.
    void setLower(QWidget* lower);
    /// Beneath the line, always there ("by type" fields).
    void addBelow(QWidget* below);
    void setLabelAside(QWidget* aside);
    void showState(const std::optional<document::Provenance>& provenance, bool changed, const QString& usual);
    void setTyped(const QString& problem); // why what is typed is not taken
    void watchFocus(QWidget* widget);

    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showParts();
    void recolour();

    QLabel* m_label;
    QVBoxLayout* m_layout;
    QHBoxLayout *m_line, *m_lowerLine;
    QWidget* m_lowerPart;
    ProvenanceMark* m_mark;
    QToolButton* m_reset;
    MessageLine* m_message;
    QWidget* m_lower = nullptr;
    QString m_help, m_typedProblem, m_problem;
    MessageLine::Tone m_tone = MessageLine::Tone::Error;
    bool m_hovered = false, m_focused = false, m_changed = false, m_hasMark = false;
};

/// Keeps at most one row hovered: the one pointed at last. Rows do not jump away from under the pointer, since the
/// one that closes gives exactly the height that the one that opens takes.
class RowHover : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    void watch(Row* row);

private:
    Row* m_row = nullptr;
};

} // namespace plimsoll::gui
