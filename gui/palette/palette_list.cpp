#include "gui/palette/palette_list.h"

#include "gui/theme/fonts.h"
#include "gui/theme/icons.h"
#include "gui/theme/theme.h"
#include "models/components/component_type.h"

#include <QApplication>
#include <QFontMetrics>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace plimsoll::gui {
namespace {

constexpr int kHead = 26, kRow = 32, kGroupGap = 8;
constexpr int kIconLeft = 16, kIcon = 20, kTextLeft = 50, kHeadLeft = 16, kSide = 8;

QString textOf(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// How well a type answers the search; 0: not at all.
int matchOf(const components::ComponentType& type, const QString& typed) {
    const QString label = textOf(type.label);
    if (label.startsWith(typed, Qt::CaseInsensitive)) return 4;
    if (label.contains(u' ' + typed, Qt::CaseInsensitive)) return 3;
    if (label.contains(typed, Qt::CaseInsensitive)) return 2;
    return textOf(type.help).contains(typed, Qt::CaseInsensitive) ||
                   textOf(type.category).contains(typed, Qt::CaseInsensitive)
               ? 1
               : 0;
}

} // namespace

PaletteList::PaletteList(QWidget* parent) : QAbstractScrollArea(parent) {
    setObjectName(QStringLiteral("paletteList"));
    setAccessibleName(tr("Components"));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    setFilter({});
}

int PaletteList::setFilter(const QString& typed) {
    const QString wanted = typed.trimmed();
    m_rows.clear();
    if (wanted.isEmpty()) {
        std::string_view category;
        for (const auto* type : components::registry()) {
            if (type->category != category) m_rows.push_back({{}, textOf(type->category), {}});
            category = type->category;
            m_rows.push_back({textOf(type->id), textOf(type->label), textOf(type->help)});
        }
    } else {
        std::vector<std::pair<int, Row>> hits;
        for (const auto* type : components::registry())
            if (const int match = matchOf(*type, wanted))
                hits.push_back({match, {textOf(type->id), textOf(type->label), textOf(type->help)}});
        std::stable_sort(hits.begin(), hits.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
        for (auto& hit : hits) m_rows.push_back(std::move(hit.second));
    }
    layOut();
    verticalScrollBar()->setValue(0);
    const auto shown = shownTypes();
    setCurrent(wanted.isEmpty() || shown.empty() ? QString() : shown.front());
    return static_cast<int>(shown.size());
}

std::vector<QString> PaletteList::shownTypes() const {
    std::vector<QString> types;
    for (const auto& row : m_rows)
        if (!row.typeId.isEmpty()) types.push_back(row.typeId);
    return types;
}

void PaletteList::layOut() {
    int top = 0;
    for (auto& row : m_rows) {
        const bool head = row.typeId.isEmpty();
        if (head && top > 0) top += kGroupGap;
        row.top = top;
        row.height = head ? kHead : kRow;
        top += row.height;
    }
    verticalScrollBar()->setRange(0, std::max(0, top - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(kRow);
    viewport()->update();
}

void PaletteList::resizeEvent(QResizeEvent*) {
    layOut();
}

const PaletteList::Row* PaletteList::rowAt(const QPoint& position) const {
    const int y = position.y() + verticalScrollBar()->value();
    for (const auto& row : m_rows)
        if (!row.typeId.isEmpty() && y >= row.top && y < row.top + row.height) return &row;
    return nullptr;
}

QString PaletteList::typeAt(const QPoint& position) const {
    const Row* row = rowAt(position);
    return row ? row->typeId : QString();
}

QRect PaletteList::rectOf(const QString& typeId) const {
    for (const auto& row : m_rows)
        if (row.typeId == typeId && !typeId.isEmpty())
            return {0, row.top - verticalScrollBar()->value(), viewport()->width(), row.height};
    return {};
}

QString PaletteList::current() const {
    return m_current;
}

void PaletteList::setCurrent(const QString& typeId) {
    m_current = typeId;
    const QRect rect = rectOf(typeId);
    if (!rect.isNull()) {
        auto* bar = verticalScrollBar();
        if (rect.top() < 0) bar->setValue(bar->value() + rect.top());
        if (rect.bottom() > viewport()->height()) bar->setValue(bar->value() + rect.bottom() - viewport()->height());
    }
    viewport()->update();
}

void PaletteList::moveCurrent(int rows) {
    const auto types = shownTypes();
    if (types.empty()) return;
    const auto at = std::find(types.begin(), types.end(), m_current);
    const int index = at == types.end() ? (rows > 0 ? -1 : 0) : static_cast<int>(at - types.begin());
    setCurrent(types[static_cast<std::size_t>(std::clamp(index + rows, 0, static_cast<int>(types.size()) - 1))]);
}

void PaletteList::paintEvent(QPaintEvent* event) {
    const Theme& theme = themeFor(palette());
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(event->rect(), theme.card);
    for (const auto& row : m_rows) {
        const QRect rect(0, row.top - verticalScrollBar()->value(), viewport()->width(), row.height);
        if (!rect.intersects(event->rect())) continue;
        const double baseline = rect.top() + rect.height() / 2.0 + 4.5;
        if (row.typeId.isEmpty()) {
            painter.setFont(uiFont(13, QFont::DemiBold));
            painter.setPen(theme.muted);
            painter.drawText(QPointF(kHeadLeft, baseline), row.label);
            continue;
        }
        const QRectF tint = QRectF(rect).adjusted(kSide, 1, -kSide, -1);
        const bool current = row.typeId == m_current;
        if (current || row.typeId == m_hovered) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(current ? theme.selected : theme.hoverRow);
            painter.drawRoundedRect(tint, 4, 4);
        }
        if (current && hasFocus()) {
            painter.setPen(QPen(theme.accent, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(tint.adjusted(1, 1, -1, -1), 4, 4);
        }
        drawComponentIcon(painter, row.typeId, QRectF(kIconLeft, rect.top() + (kRow - kIcon) / 2.0, kIcon, kIcon),
                          theme.text);
        painter.setFont(uiFont(13));
        painter.setPen(theme.text);
        painter.drawText(QPointF(kTextLeft, baseline),
                         QFontMetrics(painter.font())
                             .elidedText(row.label, Qt::ElideRight, viewport()->width() - kTextLeft - kSide));
    }
}

void PaletteList::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    const Row* row = rowAt(event->pos());
    m_pressed = row ? std::optional(event->pos()) : std::nullopt;
    if (row) setCurrent(row->typeId);
}

void PaletteList::mouseMoveEvent(QMouseEvent* event) {
    const QString hovered = typeAt(event->pos());
    if (hovered != m_hovered) {
        m_hovered = hovered;
        viewport()->update();
    }
    if (!m_pressed || !(event->buttons() & Qt::LeftButton)) return;
    if ((event->pos() - *m_pressed).manhattanLength() < QApplication::startDragDistance()) return;
    const QString typeId = typeAt(*m_pressed);
    m_pressed.reset();
    emit dragWanted(typeId); // its event loop swallows the release, so the press is over before
}

void PaletteList::mouseReleaseEvent(QMouseEvent*) {
    m_pressed.reset();
}

void PaletteList::mouseDoubleClickEvent(QMouseEvent* event) {
    const QString typeId = typeAt(event->pos());
    if (!typeId.isEmpty()) emit chosen(typeId);
}

void PaletteList::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Down: return moveCurrent(1);
    case Qt::Key_Up: return moveCurrent(-1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_current.isEmpty()) emit chosen(m_current);
        return;
    default: QAbstractScrollArea::keyPressEvent(event);
    }
}

void PaletteList::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    if (m_current.isEmpty()) moveCurrent(1);
}

bool PaletteList::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave && !m_hovered.isEmpty()) {
        m_hovered.clear();
        viewport()->update();
    }
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const Row* row = rowAt(help->pos()))
            QToolTip::showText(help->globalPos(), row->help, viewport(), rectOf(row->typeId));
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace plimsoll::gui
