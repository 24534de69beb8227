#include "gui/toolbar/overlay_bar.h"

#include "gui/theme/fonts.h"
#include "gui/theme/theme.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <array>

namespace plimsoll::gui {
namespace {

struct Segment {
    Overlay overlay;
    const char* text;
    Qt::Key key;
};
constexpr std::array kSegments{Segment{Overlay::Utilisation, QT_TRANSLATE_NOOP("OverlayBar", "Utilisation"), Qt::Key_1},
                               Segment{Overlay::Latency, QT_TRANSLATE_NOOP("OverlayBar", "Latency"), Qt::Key_2},
                               Segment{Overlay::Cost, QT_TRANSLATE_NOOP("OverlayBar", "Cost"), Qt::Key_3},
                               Segment{Overlay::Errors, QT_TRANSLATE_NOOP("OverlayBar", "Errors"), Qt::Key_4},
                               Segment{Overlay::Off, QT_TRANSLATE_NOOP("OverlayBar", "Off"), Qt::Key_0}};
constexpr int kHeight = 28, kPadding = 11, kGap = 5;

QString textOf(const Segment& segment) {
    return QCoreApplication::translate("OverlayBar", segment.text);
}
QString keyOf(const Segment& segment) {
    return QString(QChar(segment.key));
}
QFont textFont(bool chosen) {
    return uiFont(13, chosen ? QFont::DemiBold : QFont::Normal);
}
/// As wide as its chosen, heavier form, so that the bar keeps still.
int widthOf(const Segment& segment) {
    return QFontMetrics(textFont(true)).horizontalAdvance(textOf(segment)) + kGap +
           QFontMetrics(uiFont(11)).horizontalAdvance(keyOf(segment)) + 2 * kPadding;
}

} // namespace

OverlayBar::OverlayBar(ViewState& view, QWidget* parent) : QWidget(parent), m_view(view) {
    setObjectName(QStringLiteral("overlayBar"));
    setAccessibleName(tr("What the cards show"));
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    setFixedSize(sizeHint());
    auto* group = new QActionGroup(this);
    for (const Segment& segment : kSegments) {
        auto* action = new QAction(textOf(segment), group);
        action->setCheckable(true);
        action->setShortcut(segment.key);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, [this, overlay = segment.overlay] { m_view.setOverlay(overlay); });
        m_actions += action;
    }
    connect(&view, &ViewState::overlayChanged, this, &OverlayBar::refresh);
    refresh();
}

QSize OverlayBar::sizeHint() const {
    int width = 0;
    for (const Segment& segment : kSegments) width += widthOf(segment);
    return {width, kHeight};
}

QRect OverlayBar::segment(int index) const {
    int left = 0;
    for (int i = 0; i < index; ++i) left += widthOf(kSegments[static_cast<std::size_t>(i)]);
    return {left, 0, widthOf(kSegments[static_cast<std::size_t>(index)]), kHeight};
}

int OverlayBar::segmentAt(QPoint position) const {
    for (int i = 0; i < static_cast<int>(kSegments.size()); ++i)
        if (segment(i).contains(position)) return i;
    return -1;
}

void OverlayBar::choose(int index) {
    if (index >= 0) m_view.setOverlay(kSegments[static_cast<std::size_t>(index)].overlay);
}

void OverlayBar::refresh() {
    for (std::size_t i = 0; i < kSegments.size(); ++i) {
        const bool chosen = kSegments[i].overlay == m_view.overlay();
        m_actions[static_cast<qsizetype>(i)]->setChecked(chosen);
        if (chosen) setAccessibleDescription(textOf(kSegments[i]));
    }
    update();
}

void OverlayBar::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(theme.line);
    painter.setBrush(theme.card);
    painter.drawRoundedRect(frame, 4, 4);
    QRectF chosenBox;
    for (int i = 0; i < static_cast<int>(kSegments.size()); ++i) {
        const Segment& one = kSegments[static_cast<std::size_t>(i)];
        const QRect box = segment(i);
        const bool chosen = one.overlay == m_view.overlay();
        if (chosen) chosenBox = box;
        if (chosen || i == m_hovered) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(chosen ? theme.selected : theme.hoverRow);
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 3, 3);
        }
        if (i > 0 && !chosen && kSegments[static_cast<std::size_t>(i - 1)].overlay != m_view.overlay())
            painter.fillRect(box.left(), 6, 1, kHeight - 12, theme.hairline);
        const int keyWidth = QFontMetrics(uiFont(11)).horizontalAdvance(keyOf(one));
        painter.setFont(textFont(chosen));
        painter.setPen(chosen ? theme.accent : theme.text);
        painter.drawText(box.adjusted(kPadding, 0, -kPadding - keyWidth - kGap, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         textOf(one));
        painter.setFont(uiFont(11));
        painter.setPen(chosen ? theme.accent : theme.muted);
        painter.drawText(box.adjusted(0, 1, -kPadding, 0), Qt::AlignRight | Qt::AlignVCenter, keyOf(one));
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.accent, hasFocus() ? 2 : 1));
    painter.drawRoundedRect(chosenBox.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

void OverlayBar::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) choose(segmentAt(event->position().toPoint()));
}

void OverlayBar::mouseMoveEvent(QMouseEvent* event) {
    m_hovered = segmentAt(event->position().toPoint());
    update();
}

void OverlayBar::leaveEvent(QEvent*) {
    m_hovered = -1;
    update();
}

void OverlayBar::keyPressEvent(QKeyEvent* event) {
    const auto now = std::ranges::find(kSegments, m_view.overlay(), &Segment::overlay) - kSegments.begin();
    const auto last = static_cast<std::ptrdiff_t>(kSegments.size()) - 1;
    if (event->key() == Qt::Key_Right) return choose(static_cast<int>(std::min(now + 1, last)));
    if (event->key() == Qt::Key_Left) return choose(static_cast<int>(std::max<std::ptrdiff_t>(now - 1, 0)));
    QWidget::keyPressEvent(event);
}

} // namespace plimsoll::gui
