#pragma once
#include "gui/canvas/overlays/start_page.h"

#include <QVBoxLayout>

namespace plimsoll::gui {

/// The files that were open before, one row each; a press opens.
class RecentList : public QWidget {
    Q_OBJECT
public:
    explicit RecentList(QWidget* parent = nullptr);
    void setFiles(const QList<RecentFile>& files);

signals:
    void chosen(const QString& path);

private:
    QVBoxLayout* m_rows;
};

} // namespace plimsoll::gui
