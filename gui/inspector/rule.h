#pragma once
#include "gui/theme/theme.h"

#include <QPainter>
#include <QWidget>

namespace plimsoll::gui {

/// One hairline between parts of a panel.
class Rule : public QWidget {
    Q_OBJECT
public:
    explicit Rule(QWidget* parent = nullptr) : QWidget(parent) { setFixedHeight(1); }

protected:
    void paintEvent(QPaintEvent*) override { QPainter(this).fillRect(rect(), themeFor(palette()).hairline); }
};

} // namespace plimsoll::gui
