#include "gui/widgets/message_line.h"

#include "gui/theme/fonts.h"
#include "gui/theme/theme.h"

#include <QEvent>

namespace plimsoll::gui {

MessageLine::MessageLine(Tone tone, QWidget* parent) : QLabel(parent), m_tone(tone) {
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
    setFont(uiFont(12));
    setVisible(false);
    colour();
}

void MessageLine::setMessage(const QString& message, Tone tone) {
    m_tone = tone;
    setText(message);
    setVisible(!message.isEmpty());
    colour();
}

void MessageLine::colour() {
    const Theme& theme = themeFor(palette());
    const QColor& wanted = m_tone == Tone::Error ? theme.error : m_tone == Tone::Warning ? theme.warning : theme.muted;
    QPalette colours = palette();
    if (colours.color(QPalette::WindowText) == wanted) return;
    colours.setColor(QPalette::WindowText, wanted);
    setPalette(colours);
}

void MessageLine::changeEvent(QEvent* event) {
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) colour();
}

} // namespace plimsoll::gui
