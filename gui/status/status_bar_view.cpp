#include "gui/status/status_bar_view.h"

#include "gui/status/status_button.h"
#include "gui/theme/theme.h"

#include <QHBoxLayout>
#include <QPainter>

namespace plimsoll::gui {
namespace {

constexpr int kHeight = 28, kLeft = 5; // of StatusItem::Kind, at the left

} // namespace

StatusBarView::StatusBarView(Document& document, ViewState& view, Figures& figures, QWidget* parent)
    : QWidget(parent), m_document(document), m_view(view), m_figures(figures) {
    setObjectName(QStringLiteral("status"));
    setFixedHeight(kHeight);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 1, 8, 0);
    layout->setSpacing(9);
    for (int i = 0; i <= static_cast<int>(StatusItem::Kind::SolveTime); ++i) {
        if (i == kLeft) layout->addStretch(1);
        auto* button = new StatusButton(this);
        connect(button, &StatusButton::clicked, this, [this, i] { activate(i); });
        layout->addWidget(button);
        m_buttons.push_back(button);
    }
    m_buttons.back()->setFocusPolicy(Qt::NoFocus);
    m_buttons.back()->setCursor(Qt::ArrowCursor);
    m_buttons.back()->setEnabled(false); // the solve time leads nowhere
    connect(&figures, &Figures::changed, this, &StatusBarView::refresh);
    connect(&document, &Document::changed, this, &StatusBarView::refresh);
    connect(&view, &ViewState::loadFactorChanged, this, &StatusBarView::refresh);
    refresh();
}

void StatusBarView::refresh() {
    const auto items =
        statusItems(m_document.project(), m_figures.assessment(), m_figures.problems(), m_view.loadFactor());
    for (std::size_t i = 0; i < m_buttons.size(); ++i) m_buttons[i]->showItem(items[i], m_figures.stale());
}

void StatusBarView::activate(int index) {
    const StatusItem& item = m_buttons[static_cast<std::size_t>(index)]->item();
    switch (item.kind) {
    case StatusItem::Kind::Latency:
        if (!item.jump.isEmpty()) emit classActivated(item.jump);
        return;
    case StatusItem::Kind::Targets: return emit targetsActivated();
    case StatusItem::Kind::SafeLoad: return emit loadCurveActivated();
    case StatusItem::Kind::Bottleneck:
        if (!item.jump.isEmpty()) emit componentActivated(item.jump);
        return;
    case StatusItem::Kind::Cost: return emit costActivated();
    case StatusItem::Kind::Problems: return emit problemsActivated();
    case StatusItem::Kind::SolveTime: return;
    }
}

void StatusBarView::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.card);
    painter.fillRect(0, 0, width(), 1, theme.hairline);
    for (int i = 0; i + 1 < kLeft; ++i) { // between the figures at the left
        const int x = m_buttons[static_cast<std::size_t>(i)]->geometry().right() + 5;
        painter.fillRect(x, 8, 1, kHeight - 14, theme.hairline);
    }
}

} // namespace plimsoll::gui
