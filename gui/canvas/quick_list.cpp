#include "gui/canvas/quick_list.h"

#include "gui/theme/icons.h"
#include "gui/theme/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace plimsoll::gui {
namespace {

constexpr int kWidth = 240, kRowHeight = 28, kMostRows = 8, kPadding = 8, kMargin = 8, kIcon = 18;

/// 0: not at all; 1: somewhere; 2: a word begins with it; 3: it begins with it.
int matchOf(const QString& label, const QString& typed) {
    if (typed.isEmpty() || label.startsWith(typed, Qt::CaseInsensitive)) return 3;
    if (label.contains(u' ' + typed, Qt::CaseInsensitive)) return 2;
    return label.contains(typed, Qt::CaseInsensitive) ? 1 : 0;
}

} // namespace

QuickList::QuickList(QWidget* parent) : QFrame(parent), m_field(new QLineEdit), m_list(new QListWidget) {
    setObjectName(QStringLiteral("quickList"));
    m_field->setObjectName(QStringLiteral("quickListField"));
    m_list->setObjectName(QStringLiteral("quickListRows"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setIconSize({kIcon, kIcon});
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kPadding, kPadding, kPadding, kPadding);
    layout->setSpacing(4);
    layout->addWidget(m_field);
    layout->addWidget(m_list);
    setFixedWidth(kWidth);
    hide();
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &QuickList::filter);
    connect(m_list, &QListWidget::itemClicked, this, &QuickList::take);
}

void QuickList::ask(const QString& title, std::vector<Entry> entries, const QPoint& at,
                    std::function<void(const QString&)> chosen) {
    m_entries = std::move(entries);
    m_chosen = std::move(chosen);
    const Theme& theme = themeFor(palette());
    QPalette quiet = palette();
    quiet.setColor(QPalette::Highlight, theme.selected);
    quiet.setColor(QPalette::HighlightedText, theme.text);
    m_list->setPalette(quiet);
    m_field->clear();
    m_field->setPlaceholderText(title);
    m_field->setAccessibleName(title);
    m_list->setAccessibleName(title);
    filter({});
    const QRect room = parentWidget()->rect().adjusted(kMargin, kMargin, -kMargin, -kMargin);
    const int rows = std::clamp(static_cast<int>(m_entries.size()), 1, kMostRows);
    m_list->setFixedHeight(rows * kRowHeight + 4);
    adjustSize();
    move(std::max(room.left(), std::min(at.x(), room.right() - width())),
         std::max(room.top(), std::min(at.y(), room.bottom() - height())));
    show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
}

void QuickList::leave() {
    if (isHidden()) return;
    m_chosen = {};
    const bool focused = m_field->hasFocus(); // who took the focus away keeps it
    hide();
    if (focused) parentWidget()->setFocus(Qt::OtherFocusReason);
}

void QuickList::filter(const QString& typed) {
    const QString wanted = typed.trimmed();
    std::vector<std::pair<int, const Entry*>> hits;
    for (const auto& entry : m_entries)
        if (const int match = matchOf(entry.label, wanted)) hits.emplace_back(match, &entry);
    std::stable_sort(hits.begin(), hits.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    const Theme& theme = themeFor(palette());
    m_list->clear();
    for (const auto& [match, entry] : hits) {
        auto* item = new QListWidgetItem(componentIcon(entry->typeId, theme.text), entry->label, m_list);
        item->setData(Qt::UserRole, entry->id);
        item->setSizeHint({0, kRowHeight});
    }
    if (hits.empty()) {
        auto* item = new QListWidgetItem(m_entries.empty() ? tr("Nothing fits here") : tr("No match"), m_list);
        item->setFlags(Qt::NoItemFlags);
        item->setSizeHint({0, kRowHeight});
    }
    m_list->setCurrentRow(0);
}

void QuickList::take() {
    const auto* item = m_list->currentItem();
    const QString id = item ? item->data(Qt::UserRole).toString() : QString();
    if (id.isEmpty()) return;
    const auto chosen = std::move(m_chosen);
    leave();
    if (chosen) chosen(id);
}

bool QuickList::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_field && event->type() == QEvent::FocusOut && !isHidden()) leave();
    if (watched != m_field || event->type() != QEvent::KeyPress) return QFrame::eventFilter(watched, event);
    const int row = m_list->currentRow();
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Down: m_list->setCurrentRow(std::min(row + 1, m_list->count() - 1)); return true;
    case Qt::Key_Up: m_list->setCurrentRow(std::max(row - 1, 0)); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Tab: take(); return true;
    case Qt::Key_Escape: leave(); return true;
    default: return false;
    }
}

void QuickList::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.line);
    painter.setBrush(theme.card);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

} // namespace plimsoll::gui
