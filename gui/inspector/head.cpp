#include "gui/inspector/head.h"

#include "gui/theme/fonts.h"
#include "gui/theme/icons.h"
#include "gui/theme/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QVBoxLayout>

namespace plimsoll::gui {
namespace {

constexpr int kHeight = 54, kPadding = 16, kIcon = 28, kTextLeft = 56;

} // namespace

Head::Head(const QString& iconId, bool editable, QWidget* parent) : QWidget(parent), m_icon(iconId) {
    setFixedHeight(kHeight);
    const int left = iconId.isEmpty() ? kPadding : kTextLeft;
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(left - 5, 7, kPadding, 8); // 5: the field's own padding
    layout->setSpacing(0);
    m_name = new QLineEdit(this);
    m_name->setObjectName(QStringLiteral("name"));
    m_name->setAccessibleName(tr("Name"));
    m_name->setFont(uiFont(15, QFont::DemiBold));
    m_name->setReadOnly(!editable);
    m_name->setFocusPolicy(editable ? Qt::StrongFocus : Qt::NoFocus);
    // Looks like a heading until it is pointed at or edited.
    m_name->setStyleSheet(
        QStringLiteral("QLineEdit { border: 1px solid transparent; background: transparent; padding: 0 4px; "
                       "min-height: 20px; }"
                       "QLineEdit:focus { border: 2px solid palette(highlight); background: palette(base); "
                       "padding: 0 3px; min-height: 18px; }"));
    m_name->setMaxLength(200);
    m_subtitle = new QLabel(this);
    m_subtitle->setObjectName(QStringLiteral("subtitle"));
    m_subtitle->setFont(uiFont(12));
    m_subtitle->setContentsMargins(5, 0, 0, 0);
    m_subtitle->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    layout->addWidget(m_name);
    layout->addWidget(m_subtitle);
    m_name->installEventFilter(this);
    connect(m_name, &QLineEdit::editingFinished, this, [this] {
        const QString name = m_name->text().trimmed();
        if (name.isEmpty())
            m_name->setText(m_shown);
        else if (name != m_shown)
            emit renamed(name);
    });
    recolour();
}

void Head::setName(const QString& name) {
    if (name == m_shown) return;
    m_shown = name;
    m_name->setText(name);
    m_name->setCursorPosition(0);
    m_name->setToolTip(name);
}

void Head::setSubtitle(const QString& subtitle, bool trouble) {
    m_subtitle->setText(subtitle);
    m_trouble = trouble;
    recolour();
}

void Head::recolour() {
    const Theme& theme = themeFor(palette());
    QPalette colours = m_subtitle->palette();
    colours.setColor(QPalette::WindowText, m_trouble ? theme.error : theme.muted);
    m_subtitle->setPalette(colours);
}

void Head::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) recolour();
}

void Head::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    if (!m_icon.isEmpty()) drawComponentIcon(painter, m_icon, QRectF(kPadding, 13, kIcon, kIcon), theme.text);
    painter.fillRect(0, height() - 1, width(), 1, theme.hairline);
}

bool Head::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape &&
        m_name->text() != m_shown) {
        m_name->setText(m_shown);
        m_name->selectAll();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace plimsoll::gui
