// What the canvas shows while nothing is drawn: templates as the hero, then an empty project, a file, recent files.
#pragma once
#include "models/document/project.h"

#include <QList>
#include <QScrollArea>
#include <QString>

namespace plimsoll::gui {

/// A file that was open before: "web-shop.plimsoll", "yesterday", "safe load ×1.21"; `trouble`: the figure is bad news.
struct RecentFile {
    QString path, when, figure;
    bool trouble = false;
};

class StartContent;

class StartPage : public QScrollArea {
    Q_OBJECT
public:
    explicit StartPage(QWidget* parent);
    void setRecentFiles(const QList<RecentFile>& files);
    /// Only the line that says how to begin, once "Empty project" was chosen.
    void setHint(bool hintOnly);

signals:
    void emptyRequested();
    void openRequested();
    void fileRequested(const QString& path);
    void templateRequested(const QString& id);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();

    StartContent* m_content;
    bool m_hintOnly = false;
};

} // namespace plimsoll::gui
