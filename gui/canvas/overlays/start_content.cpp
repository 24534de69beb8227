#include "gui/canvas/overlays/start_content.h"

#include "gui/canvas/overlays/recent_list.h"
#include "gui/canvas/overlays/template_card.h"
#include "gui/canvas/overlays/template_figures.h"
#include "gui/theme/fonts.h"
#include "gui/theme/theme.h"
#include "models/exchange/templates.h"

#include <QPainter>

#include <algorithm>

namespace plimsoll::gui {
namespace {

constexpr int kGap = 24, kMargin = 24, kMostColumns = 3;
constexpr int kMarkRadius = 20, kMarkTop = 44; // of the Plimsoll mark
constexpr int kTitleTop = 92, kTitleHeight = 36, kSubtitleHeight = 24, kHeroBottom = 180;

QLabel* label(QWidget* parent, const QString& text, double pixels, QFont::Weight weight) {
    auto* made = new QLabel(text, parent);
    made->setFont(uiFont(pixels, weight));
    return made;
}

} // namespace

StartContent::StartContent(QWidget* parent)
    : QWidget(parent), m_figures(new TemplateFigures(this)),
      m_begin(label(this, tr("Or begin empty"), 13, QFont::DemiBold)),
      m_recentTitle(label(this, tr("Recent"), 13, QFont::DemiBold)),
      m_empty(new QPushButton(tr("Empty project"), this)), m_open(new QPushButton(tr("Open file…"), this)),
      m_more(new QPushButton(tr("Show the templates"), this)), m_recent(new RecentList(this)) {
    m_empty->setObjectName(QStringLiteral("emptyProject"));
    m_open->setObjectName(QStringLiteral("openFile"));
    m_more->setObjectName(QStringLiteral("showTemplates"));
    setAccessibleName(tr("How much load may your backend carry?"));
    setAccessibleDescription(tr("Drag a component here, press A, or start from a template."));
    for (const auto& entry : exchange::templates()) {
        auto project = exchange::templateProject(entry.id);
        if (!project) continue; // a test of the templates says why
        const QString id = QString::fromStdString(std::string(entry.id));
        auto* card = new TemplateCard(id, QString::fromStdString(std::string(entry.name)),
                                      QString::fromStdString(std::string(entry.description)), *project, this);
        connect(card, &QAbstractButton::clicked, this, [this, id] { emit templateRequested(id); });
        m_templates.push_back(card);
    }
    connect(m_figures, &TemplateFigures::solved, this, [this](int index, const auto& assessment) {
        m_templates[static_cast<std::size_t>(index)]->setAssessment(assessment);
    });
    connect(m_recent, &RecentList::chosen, this, &StartContent::fileRequested);
    connect(m_more, &QPushButton::clicked, this, [this] { setHint(false); });
}

void StartContent::setRecentFiles(const QList<RecentFile>& files) {
    m_hasRecent = !files.isEmpty();
    m_recent->setFiles(files);
    arrange(width());
}

void StartContent::setHint(bool hintOnly) {
    m_hintOnly = hintOnly;
    arrange(width());
    update();
}

int StartContent::arrange(int width) {
    const int columns = std::clamp((width - 2 * kMargin + kGap) / (TemplateCard::kWidth + kGap), 1,
                                   std::clamp(static_cast<int>(m_templates.size()), 1, kMostColumns));
    const int gridWidth = columns * TemplateCard::kWidth + (columns - 1) * kGap;
    const int left = std::max(kMargin, (width - gridWidth) / 2);
    for (auto* widget : std::initializer_list<QWidget*>{m_begin, m_empty, m_open}) widget->setVisible(!m_hintOnly);
    for (auto* widget : std::initializer_list<QWidget*>{m_recentTitle, m_recent})
        widget->setVisible(!m_hintOnly && m_hasRecent);
    m_more->setVisible(m_hintOnly && !m_templates.empty());
    const QSize more = m_more->sizeHint();
    m_more->setGeometry((width - more.width()) / 2, kHeroBottom, more.width(), more.height());
    int bottom = kHeroBottom;
    for (int i = 0; i < static_cast<int>(m_templates.size()); ++i) {
        auto* card = m_templates[static_cast<std::size_t>(i)];
        card->setVisible(!m_hintOnly);
        card->move(left + i % columns * (TemplateCard::kWidth + kGap),
                   kHeroBottom + i / columns * (TemplateCard::kHeight + kGap));
        bottom = std::max(bottom, card->y() + TemplateCard::kHeight);
    }
    if (m_hintOnly) return kHeroBottom + more.height() + kMargin;

    const int top = bottom + kGap + 8;
    m_begin->setGeometry(left, top, TemplateCard::kWidth, 20);
    const QSize empty = m_empty->sizeHint(), open = m_open->sizeHint();
    m_empty->setGeometry(left, top + 28, empty.width(), empty.height());
    m_open->setGeometry(left + empty.width() + 12, top + 28, open.width(), open.height());
    // Recent files stand beside the buttons where there is room, below them otherwise.
    const bool beside = columns > 1;
    const int recentLeft = beside ? left + TemplateCard::kWidth + kGap : left;
    const int recentTop = beside ? top : top + 28 + empty.height() + kGap;
    const int recentWidth = beside ? gridWidth - TemplateCard::kWidth - kGap : TemplateCard::kWidth;
    m_recentTitle->setGeometry(recentLeft, recentTop, recentWidth, 20);
    m_recent->setGeometry(recentLeft, recentTop + 24, recentWidth, m_recent->sizeHint().height());
    const int buttonsEnd = top + 28 + empty.height();
    return std::max(buttonsEnd, m_hasRecent ? m_recent->geometry().bottom() : 0) + kMargin;
}

void StartContent::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.accent, kMarkRadius / 5.0, Qt::SolidLine, Qt::FlatCap));
    const QPointF centre(width() / 2.0, kMarkTop + kMarkRadius);
    painter.drawEllipse(centre, kMarkRadius, kMarkRadius);
    const QPointF half(1.75 * kMarkRadius, 0);
    painter.drawLine(centre - half, centre + half);
    painter.setFont(uiFont(24, QFont::DemiBold));
    painter.setPen(theme.text);
    painter.drawText(QRectF(0, kTitleTop, width(), kTitleHeight), Qt::AlignCenter, accessibleName());
    painter.setFont(uiFont(15));
    painter.setPen(theme.muted);
    painter.drawText(QRectF(0, kTitleTop + kTitleHeight, width(), kSubtitleHeight), Qt::AlignCenter,
                     accessibleDescription());
}

void StartContent::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_solving) return;
    m_solving = true; // once: a window that opens a file never asks
    std::vector<document::Project> projects;
    for (const auto* card : m_templates) projects.push_back(card->project());
    m_figures->solve(std::move(projects));
}

} // namespace plimsoll::gui
