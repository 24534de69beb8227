#include "gui/inspector/resource_list.h"

#include "gui/inspector/figure_cells.h"
#include "gui/theme/fonts.h"
#include "gui/theme/theme.h"
#include "models/text/figure_text.h"

#include <QPainter>

#include <algorithm>

namespace plimsoll::gui {
namespace {

constexpr int kLine = 22, kIndent = 28, kRight = 16, kName = 96, kBusy = 56, kWaiting = 92;
constexpr double kBar = 4, kStaleOpacity = 0.6;

} // namespace

ResourceList::ResourceList(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ResourceList::showResources(std::vector<assess::ResourceFigures> resources, bool stale) {
    m_resources = std::move(resources);
    m_stale = stale;
    setFixedHeight(static_cast<int>(m_resources.size()) * kLine + 4);
    QStringList spoken;
    for (const auto& resource : m_resources)
        spoken += tr("%1 %2 busy")
                      .arg(resourceWord(resource.name),
                           QString::fromStdString(text::utilisation(resource.result.utilisation.value).joined()));
    setAccessibleName(spoken.join(QStringLiteral(", ")));
    update();
}

void ResourceList::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(m_stale ? kStaleOpacity : 1);
    painter.setFont(uiFont(12));
    const double right = width() - kRight, barLeft = kIndent + kName, barRight = right - kBusy - kWaiting - 8;
    for (std::size_t i = 0; i < m_resources.size(); ++i) {
        const auto& result = m_resources[i].result;
        const double top = kLine * static_cast<double>(i);
        painter.setPen(theme.muted);
        painter.drawText(
            QRectF(kIndent, top, kName - 6, kLine), Qt::AlignVCenter,
            QFontMetrics(painter.font()).elidedText(resourceWord(m_resources[i].name), Qt::ElideRight, kName - 6));
        painter.drawText(QRectF(right - kWaiting, top, kWaiting, kLine), Qt::AlignVCenter | Qt::AlignRight,
                         tr("%1 waiting").arg(QString::fromStdString(text::count(result.meanWaiting).joined())));
        painter.setPen(theme.text);
        painter.drawText(QRectF(barRight, top, kBusy, kLine), Qt::AlignVCenter | Qt::AlignRight,
                         QString::fromStdString(text::utilisation(result.utilisation.value).joined()));
        if (barRight - barLeft < 12) continue;
        const QRectF track(barLeft, top + (kLine - kBar) / 2, barRight - barLeft, kBar);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.barTrack);
        painter.drawRoundedRect(track, kBar / 2, kBar / 2);
        painter.setBrush(theme.stepOf(result.demand));
        const double filled = track.width() * std::clamp(result.utilisation.value, 0.0, 1.0);
        painter.drawRoundedRect(QRectF(track.topLeft(), QSizeF(filled, kBar)), kBar / 2, kBar / 2);
    }
}

} // namespace plimsoll::gui
