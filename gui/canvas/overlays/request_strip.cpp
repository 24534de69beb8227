#include "gui/canvas/overlays/request_strip.h"

#include "gui/theme/fonts.h"
#include "models/text/figure_text.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>

namespace plimsoll::gui {
namespace {
constexpr double kHeight = 28, kPad = 12, kGap = 4, kEntryPad = 8, kDot = 8, kDotGap = 6;
constexpr int kFontPixels = 12;
constexpr std::size_t kMostShown = 6; // further ones are traced from the inspector

QString rateOf(const document::RequestClass& requestClass, const assess::Assessment* assessment, double loadFactor) {
    const auto* open = std::get_if<document::OpenLoad>(&requestClass.load);
    if (open) return QString::fromStdString(text::rate(perSecond(open->rate.value * loadFactor)).joined());
    const auto* figures = assessment ? assessment->requestClass(requestClass.id) : nullptr;
    return figures ? QString::fromStdString(text::rate(figures->offered).joined()) : QString();
}

} // namespace

RequestStrip::RequestStrip(Document& document, ViewState& view, Figures& figures, QWidget* parent)
    : FloatingBox(parent), m_document(document), m_view(view), m_figures(figures) {
    setObjectName(QStringLiteral("requestStrip"));
    connect(&document, &Document::changed, this, &RequestStrip::refresh);
    connect(&view, &ViewState::loadFactorChanged, this, &RequestStrip::refresh);
    connect(&view, &ViewState::tracedClassChanged, this, QOverload<>::of(&QWidget::update));
    connect(&figures, &Figures::changed, this, &RequestStrip::refresh);
    refresh();
}

void RequestStrip::refresh() {
    std::vector<Entry> entries{{{}, tr("All"), -1, {}}};
    const auto& classes = m_document.project().classes;
    for (std::size_t i = 0; i < classes.size() && i < kMostShown; ++i) {
        const QString rate = rateOf(classes[i], m_figures.assessment(), m_view.loadFactor());
        entries.push_back({classes[i].id,
                           (QString::fromStdString(classes[i].name) + u' ' + rate).trimmed(),
                           static_cast<int>(i),
                           {}});
    }
    const QFontMetricsF metrics(uiFont(kFontPixels, QFont::DemiBold));
    double x = kShadow + kPad + QFontMetricsF(uiFont(kFontPixels)).horizontalAdvance(tr("Request types")) + kEntryPad;
    for (auto& entry : entries) {
        const double dot = entry.series >= 0 ? kDot + kDotGap : 0;
        const double width = metrics.horizontalAdvance(entry.text) + dot + 2 * kEntryPad;
        entry.rect = QRectF(x, kShadow - 2 + 3, width, kHeight - 6);
        x += width + kGap;
    }
    m_entries = std::move(entries);
    setAccessibleName(tr("Request types"));
    resize(static_cast<int>(std::ceil(x)) + kShadow + 4, static_cast<int>(kHeight) + 2 * kShadow - 2);
    setVisible(wanted());
    update();
    emit resized();
}

void RequestStrip::paintEvent(QPaintEvent* event) {
    FloatingBox::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double baseline = box().top() + kHeight / 2 + 4.3;
    painter.setFont(uiFont(kFontPixels));
    painter.setPen(theme().muted);
    painter.drawText(QPointF(box().left() + kPad, baseline), tr("Request types"));
    for (const auto& entry : m_entries) {
        const bool on = m_view.tracedClass() == entry.id;
        if (on) {
            painter.setPen(theme().accent);
            painter.setBrush(theme().selected);
            painter.drawRoundedRect(entry.rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        }
        double x = entry.rect.left() + kEntryPad;
        if (entry.series >= 0) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme().series[static_cast<std::size_t>(entry.series) % theme().series.size()]);
            painter.drawEllipse(QRectF(x, entry.rect.center().y() - kDot / 2, kDot, kDot));
            x += kDot + kDotGap;
        }
        painter.setFont(uiFont(kFontPixels, on ? QFont::DemiBold : QFont::Normal));
        painter.setPen(on ? theme().accent : theme().text);
        painter.drawText(QPointF(x, baseline), entry.text);
    }
}

void RequestStrip::mousePressEvent(QMouseEvent* event) {
    FloatingBox::mousePressEvent(event);
    for (const auto& entry : m_entries)
        if (entry.rect.contains(event->position()))
            m_view.setTracedClass(entry.id == m_view.tracedClass() ? document::Id{} : entry.id);
}

bool RequestStrip::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip)
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), tr("Follow one request type on the canvas"),
                           this);
    return FloatingBox::event(event);
}

} // namespace plimsoll::gui
