#pragma once
#include "gui/status/status_items.h"

#include <QAbstractButton>

namespace plimsoll::gui {

/// One figure of the status bar, as a button; tinted where something is in trouble.
class StatusButton : public QAbstractButton {
    Q_OBJECT
public:
    explicit StatusButton(QWidget* parent = nullptr);
    void showItem(const StatusItem& item, bool stale);
    const StatusItem& item() const { return m_item; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, 22}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    StatusItem m_item;
    bool m_stale = false;
};

} // namespace plimsoll::gui
