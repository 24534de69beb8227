#include "gui/widgets/note_box.h"

#include "gui/theme/fonts.h"
#include "gui/theme/icons.h"
#include "gui/theme/theme.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace plimsoll::gui {
namespace {

constexpr int kPadding = 12, kRadius = 6, kIconWidth = 22;

QLabel* makeLabel(QWidget* parent, const QFont& font) {
    auto* label = new QLabel(parent);
    label->setFont(font);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setFocusPolicy(Qt::NoFocus);
    parent->layout()->addWidget(label);
    return label;
}

void setColour(QLabel* label, const QColor& colour) {
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, colour);
    palette.setColor(QPalette::Text, colour);
    label->setPalette(palette);
}

} // namespace

NoteBox::NoteBox(Tone tone, QWidget* parent) : QWidget(parent), m_tone(tone) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kPadding, 8, kPadding, 8);
    layout->setSpacing(2);
    m_title = makeLabel(this, uiFont(13, QFont::DemiBold));
    m_text = makeLabel(this, uiFont(12));
    m_quiet = makeLabel(this, uiFont(12));
    if (tone == Tone::Error || tone == Tone::Warning) m_title->setContentsMargins(kIconWidth, 0, 0, 0);
    colour();
}

void NoteBox::setTexts(const QString& title, const QString& text, const QString& quietText) {
    for (const auto& [label, words] :
         {std::pair(m_title, title), std::pair(m_text, text), std::pair(m_quiet, quietText)}) {
        label->setText(words);
        label->setVisible(!words.isEmpty());
    }
    setAccessibleName(title);
    setAccessibleDescription(text);
}

void NoteBox::colour() {
    const Theme& theme = themeFor(palette());
    setColour(m_title, m_tone == Tone::Error     ? theme.error
                       : m_tone == Tone::Warning ? theme.warning
                       : m_tone == Tone::Info    ? theme.accent
                                                 : theme.text);
    setColour(m_text, m_tone == Tone::Quiet ? theme.muted : theme.text);
    setColour(m_quiet, theme.muted);
}

void NoteBox::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) colour();
}

void NoteBox::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool quiet = m_tone == Tone::Quiet;
    painter.setPen(quiet ? QPen(theme.hairline, 1) : QPen(Qt::NoPen));
    painter.setBrush(m_tone == Tone::Error     ? theme.errorTint
                     : m_tone == Tone::Warning ? theme.warningTint
                     : m_tone == Tone::Info    ? theme.infoTint
                                               : theme.quietBox);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
    if (m_tone != Tone::Error && m_tone != Tone::Warning) return;
    const double middle = m_title->geometry().top() + QFontMetricsF(m_title->font()).height() / 2;
    drawUiIcon(painter, QStringLiteral("warning"), QRectF(kPadding, middle - 8, 16, 16),
               m_tone == Tone::Error ? theme.error : theme.warning);
}

} // namespace plimsoll::gui
