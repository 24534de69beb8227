#include "gui/widgets/section.h"

#include "gui/theme/fonts.h"
#include "gui/theme/icons.h"
#include "gui/theme/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace plimsoll::gui {
namespace {

constexpr int kHeadHeight = 28, kTextIndent = 28, kPadding = 16; // mock/README.md

} // namespace

SectionHead::SectionHead(const QString& title, QWidget* parent) : QWidget(parent), m_title(title) {
    setFixedHeight(kHeadHeight);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(title);
    m_layout = new QHBoxLayout(this);
    m_layout->setContentsMargins(0, 0, kPadding, 0);
    m_layout->addStretch();
}

void SectionHead::setNote(const QString& note) {
    m_note = note;
    update();
}

void SectionHead::setAside(QWidget* aside) {
    m_layout->addWidget(aside);
}

void SectionHead::setOpen(bool open) {
    m_open = open;
    update();
}

void SectionHead::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    drawUiIcon(painter, m_open ? QStringLiteral("chevron_down") : QStringLiteral("chevron_right"),
               QRectF(10, 7, 14, 14), theme.muted);
    painter.setFont(uiFont(13, QFont::DemiBold));
    painter.setPen(theme.text);
    const QRect line = rect().adjusted(kTextIndent, 0, -kPadding, 0);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, m_title);
    painter.setFont(uiFont(12));
    painter.setPen(theme.muted);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, m_note);
    if (!hasFocus()) return;
    painter.setPen(QPen(theme.accent, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(4.5, 1.5, -4.5, -1.5), 4, 4);
}

void SectionHead::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) emit clicked();
}

void SectionHead::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space || event->key() == Qt::Key_Return) return emit clicked();
    QWidget::keyPressEvent(event);
}

Section::Section(const QString& title, QWidget* parent) : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 4);
    layout->setSpacing(0);
    m_head = new SectionHead(title, this);
    m_content = new QWidget(this);
    m_body = new QVBoxLayout(m_content);
    m_body->setContentsMargins(0, 0, 0, 4);
    m_body->setSpacing(0);
    layout->addWidget(m_head);
    layout->addWidget(m_content);
    connect(m_head, &SectionHead::clicked, this, [this] {
        setOpen(!m_open);
        emit toggled(m_open);
    });
}

void Section::setNote(const QString& note) {
    m_head->setNote(note);
}

void Section::setAside(QWidget* aside) {
    m_head->setAside(aside);
}

void Section::setOpen(bool open) {
    m_open = open;
    m_content->setVisible(open);
    m_head->setOpen(open);
}

} // namespace plimsoll::gui
