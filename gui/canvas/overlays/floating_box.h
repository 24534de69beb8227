#pragma once
#include "gui/theme/theme.h"

#include <QWidget>

namespace plimsoll::gui {

/// What floats over the canvas: a card with a shadow, in the theme of the day. Presses do not reach the canvas below.
class FloatingBox : public QWidget {
    Q_OBJECT
public:
    explicit FloatingBox(QWidget* parent);
    /// Room for the shadow, on each side.
    static constexpr int kShadow = 3;

protected:
    const Theme& theme() const { return themeFor(palette()); }
    QRectF box() const { return QRectF(rect()).adjusted(kShadow, kShadow - 2, -kShadow, -kShadow); }
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
};

} // namespace plimsoll::gui
