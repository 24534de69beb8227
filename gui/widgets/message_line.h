#pragma once
#include <QLabel>

namespace plimsoll::gui {

/// One wrapped 12 px line below a field: why its text is not taken, or a problem of the model. Hidden when empty.
class MessageLine : public QLabel {
    Q_OBJECT
public:
    enum class Tone { Error, Warning, Muted };
    explicit MessageLine(Tone tone = Tone::Error, QWidget* parent = nullptr);
    void setMessage(const QString& message, Tone tone);
    void setMessage(const QString& message) { setMessage(message, m_tone); }

protected:
    void changeEvent(QEvent* event) override;

private:
    void colour();
    Tone m_tone;
};

} // namespace plimsoll::gui
