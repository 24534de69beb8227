#include "gui/inspector/provenance_legend.h"

#include "gui/theme/fonts.h"
#include "gui/theme/icons.h"
#include "gui/theme/theme.h"
#include "gui/widgets/provenance_mark.h"

#include <QPainter>

namespace plimsoll::gui {
namespace {

using Kind = document::Provenance::Kind;
constexpr Kind kKinds[] = {Kind::Default, Kind::Typed, Kind::Preset};
constexpr double kIcon = 12, kGap = 3, kBetween = 8;

double widthOf(Kind kind) {
    return kIcon + kGap + QFontMetricsF(uiFont(11)).horizontalAdvance(ProvenanceMark::wordOf(kind));
}

} // namespace

ProvenanceLegend::ProvenanceLegend(QWidget* parent) : QWidget(parent) {
    setFixedSize(sizeHint());
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

QSize ProvenanceLegend::sizeHint() const {
    double width = 0;
    for (const Kind kind : kKinds) width += widthOf(kind) + kBetween;
    return {qRound(width), 20};
}

void ProvenanceLegend::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.setFont(uiFont(11));
    double x = kBetween;
    for (const Kind kind : kKinds) {
        drawUiIcon(painter, ProvenanceMark::iconOf(kind), QRectF(x, (height() - kIcon) / 2, kIcon, kIcon),
                   kind == Kind::Default ? theme.warning : theme.muted);
        painter.setPen(theme.muted);
        painter.drawText(QRectF(x + kIcon + kGap, 0, width(), height()), Qt::AlignVCenter,
                         ProvenanceMark::wordOf(kind));
        x += widthOf(kind) + kBetween;
    }
}

} // namespace plimsoll::gui
