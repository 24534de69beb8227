#pragma once
#include <QFrame>

class QLabel;

namespace plimsoll::gui {

/// A tinted box with a heading, a text and a quiet text: what was computed how, no steady state, not counted.
class NoteBox : public QWidget {
    Q_OBJECT
public:
    enum class Tone { Info, Warning, Error, Quiet };
    explicit NoteBox(Tone tone, QWidget* parent = nullptr);
    /// An empty line is left out.
    void setTexts(const QString& title, const QString& text, const QString& quietText = {});

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void colour();
    Tone m_tone;
    QLabel *m_title, *m_text, *m_quiet;
};

} // namespace plimsoll::gui
