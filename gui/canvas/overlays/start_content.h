#pragma once
#include "gui/canvas/overlays/start_page.h"

#include <QLabel>
#include <QPushButton>
#include <QWidget>

#include <vector>

namespace plimsoll::gui {

class RecentList;
class TemplateCard;
class TemplateFigures;

/// The start page's content, laid out in as many columns as fit.
class StartContent : public QWidget {
    Q_OBJECT
public:
    explicit StartContent(QWidget* parent);
    void setRecentFiles(const QList<RecentFile>& files);
    void setHint(bool hintOnly);
    /// Lays out for a page of this width and returns the height needed.
    int arrange(int width);
    QPushButton& emptyButton() { return *m_empty; }
    QPushButton& openButton() { return *m_open; }

signals:
    void fileRequested(const QString& path);
    void templateRequested(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    std::vector<TemplateCard*> m_templates;
    TemplateFigures* m_figures;
    QLabel *m_begin, *m_recentTitle;
    QPushButton *m_empty, *m_open, *m_more;
    RecentList* m_recent;
    bool m_hintOnly = false, m_solving = false, m_hasRecent = false;
};

} // namespace plimsoll::gui
