#pragma once
#include <QVBoxLayout>
#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace plimsoll::gui {

class SectionHead;

/// A part of a panel under a head (28) with a chevron; a click or Space on the head folds it away.
class Section : public QWidget {
    Q_OBJECT
public:
    explicit Section(const QString& title, QWidget* parent = nullptr);

    /// Where the rows go: under the head's text, 28 from the left.
    QVBoxLayout* body() const { return m_body; }
    /// The muted words at the right of the head ("at ×1.00"), beside `setAside()`'s widget.
    void setNote(const QString& note);
    void setAside(QWidget* aside);
    bool isOpen() const { return m_open; }
    void setOpen(bool open);

signals:
    void toggled(bool open);

private:
    SectionHead* m_head;
    QWidget* m_content;
    QVBoxLayout* m_body;
    bool m_open = true;
};

/// The head itself, a button over the whole width.
class SectionHead : public QWidget {
    Q_OBJECT
public:
    SectionHead(const QString& title, QWidget* parent);
    void setNote(const QString& note);
    void setAside(QWidget* aside);
    void setOpen(bool open);

signals:
    void clicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QString m_title, m_note;
    QHBoxLayout* m_layout;
    bool m_open = true;
};

} // namespace plimsoll::gui
