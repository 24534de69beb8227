#include "gui/canvas/overlays/start_page.h"

#include "gui/canvas/overlays/start_content.h"

#include <QResizeEvent>

namespace plimsoll::gui {

StartPage::StartPage(QWidget* parent) : QScrollArea(parent), m_content(new StartContent(this)) {
    setObjectName(QStringLiteral("startPage"));
    setAccessibleName(tr("Start"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setStyleSheet(QStringLiteral("QScrollArea { background: transparent; }"));
    viewport()->setAutoFillBackground(false);
    setWidget(m_content);
    m_content->setAutoFillBackground(false);
    connect(&m_content->emptyButton(), &QPushButton::clicked, this, &StartPage::emptyRequested);
    connect(&m_content->openButton(), &QPushButton::clicked, this, &StartPage::openRequested);
    connect(m_content, &StartContent::fileRequested, this, &StartPage::fileRequested);
    connect(m_content, &StartContent::templateRequested, this, &StartPage::templateRequested);
}

void StartPage::setRecentFiles(const QList<RecentFile>& files) {
    m_content->setRecentFiles(files);
    arrange();
}

void StartPage::setHint(bool hintOnly) {
    if (hintOnly == m_hintOnly) return;
    m_hintOnly = hintOnly;
    m_content->setHint(hintOnly);
    arrange();
}

void StartPage::arrange() {
    const int width = viewport()->width();
    m_content->resize(width, m_content->arrange(width));
}

void StartPage::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    arrange();
}

} // namespace plimsoll::gui
