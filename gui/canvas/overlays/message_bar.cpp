#include "gui/canvas/overlays/message_bar.h"

#include "gui/theme/fonts.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace plimsoll::gui {
namespace {
constexpr int kHeight = 44, kPad = 16, kGap = 12;
} // namespace

MessageBar::MessageBar(QWidget* parent) : FloatingBox(parent), m_button(new QPushButton(this)) {
    m_button->setFocusPolicy(Qt::NoFocus);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        hide();
        emit shownOrHidden();
    });
    connect(m_button, &QPushButton::clicked, this, [this] {
        hide();
        emit shownOrHidden();
        m_deed();
    });
}

void MessageBar::say(const QString& text, const QString& button, std::function<void()> deed, int seconds) {
    m_text = text;
    m_deed = std::move(deed);
    m_button->setText(button);
    setAccessibleName(text);
    const int textWidth = static_cast<int>(std::ceil(QFontMetricsF(uiFont(13)).horizontalAdvance(text)));
    const QSize size = m_button->sizeHint();
    setFixedSize(2 * kShadow + 2 * kPad + textWidth + kGap + size.width() - 4, kHeight + 2 * kShadow - 2);
    m_button->setGeometry(width() - kShadow - kPad - size.width() + 4, kShadow - 2 + (kHeight - size.height()) / 2,
                          size.width(), size.height());
    show();
    raise();
    update();
    seconds > 0 ? m_timer.start(seconds * 1000) : m_timer.stop();
    emit shownOrHidden();
}

void MessageBar::paintEvent(QPaintEvent* event) {
    FloatingBox::paintEvent(event);
    QPainter painter(this);
    painter.setFont(uiFont(13));
    painter.setPen(theme().text);
    painter.drawText(QPointF(box().left() + kPad, box().top() + kHeight / 2.0 + 4.5), m_text);
}

} // namespace plimsoll::gui
