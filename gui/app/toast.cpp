#include "gui/app/toast.h"

#include "gui/theme/theme.h"

#include <QAccessible>
#include <QTimer>

#include <algorithm>

namespace plimsoll::gui {
namespace {

constexpr int kShown_ms = 6000, kMargin = 16, kMostWidth = 640;

} // namespace

void Toast::show(QWidget& window, const QString& text, Tone tone) {
    for (auto* old : window.findChildren<Toast*>(QString(), Qt::FindDirectChildrenOnly)) old->deleteLater();
    auto* toast = new Toast(window, text, tone);
    toast->QLabel::show();
    toast->raise();
    QAccessibleEvent event(toast, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
    QTimer::singleShot(kShown_ms, toast, &QObject::deleteLater);
}

Toast::Toast(QWidget& window, const QString& text, Tone tone) : QLabel(text, &window) {
    setObjectName(QStringLiteral("toast"));
    setAccessibleName(text);
    setTextFormat(Qt::PlainText);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setFocusPolicy(Qt::NoFocus);
    const Theme& theme = themeFor(palette());
    const QColor ground = tone == Tone::Error ? theme.errorTint : theme.card;
    const QColor ink = tone == Tone::Error ? theme.error : theme.text;
    const QColor edge = tone == Tone::Error ? theme.error : theme.line;
    setStyleSheet(
        QStringLiteral(
            "QLabel { background: %1; color: %2; border: 1px solid %3; border-radius: 6px; padding: 8px 12px; }")
            .arg(ground.name(), ink.name(), edge.name()));
    setWordWrap(true);
    const int width = std::min({fontMetrics().horizontalAdvance(text) + 40, kMostWidth, window.width() - 2 * kMargin});
    setFixedWidth(width);
    adjustSize();
    move((window.width() - width) / 2, window.height() - height() - kMargin - 28); // above the status bar
}

} // namespace plimsoll::gui
