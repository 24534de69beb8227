#include "gui/palette/palette_view.h"

#include "gui/palette/palette_drag.h"
#include "gui/palette/palette_list.h"
#include "gui/palette/search_field.h"
#include "gui/theme/fonts.h"
#include "gui/theme/theme.h"

#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace plimsoll::gui {
namespace {
constexpr int kPad = 8, kLeastWidth = 160;
} // namespace

PaletteView::PaletteView(QWidget* parent)
    : QWidget(parent), m_search(new SearchField), m_list(new PaletteList), m_none(new QWidget) {
    setObjectName(QStringLiteral("palette"));
    setAccessibleName(tr("Palette"));
    setMinimumWidth(kLeastWidth);
    auto* sentence = new QLabel(tr("No component is called that."));
    sentence->setWordWrap(true);
    auto* clear = new QPushButton(tr("Clear the search"));
    clear->setObjectName(QStringLiteral("clearSearch"));
    auto* offer = new QVBoxLayout(m_none);
    offer->setContentsMargins(kPad, kPad, kPad, kPad);
    offer->addWidget(sentence);
    offer->addWidget(clear, 0, Qt::AlignLeft);
    offer->addStretch();
    m_none->hide();

    auto* top = new QVBoxLayout;
    top->setContentsMargins(kPad, kPad + 4, kPad, kPad);
    top->addWidget(m_search);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_none, 1);

    auto* focus = new QAction(tr("&Find a component type"), this);
    focus->setObjectName(QStringLiteral("searchPalette"));
    focus->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Space));
    focus->setShortcutContext(Qt::WindowShortcut);
    addAction(focus);
    connect(focus, &QAction::triggered, this, &PaletteView::focusSearch);
    connect(clear, &QPushButton::clicked, this, [this] {
        m_search->clear();
        m_search->setFocus();
    });
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& typed) {
        const bool any = m_list->setFilter(typed) > 0;
        m_list->setVisible(any);
        m_none->setVisible(!any);
    });
    connect(m_list, &PaletteList::chosen, this, &PaletteView::addRequested);
    connect(m_list, &PaletteList::dragWanted, this,
            [this](const QString& typeId) { startPaletteDrag(*m_list, typeId); });
    m_search->installEventFilter(this);
}

void PaletteView::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool PaletteView::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_search || event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Down: m_list->moveCurrent(1); return true;
    case Qt::Key_Up: m_list->moveCurrent(-1); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_list->current().isEmpty()) emit addRequested(m_list->current());
        return true;
    case Qt::Key_Escape:
        if (m_search->text().isEmpty()) return false;
        m_search->clear();
        return true;
    default: return false;
    }
}

} // namespace plimsoll::gui
