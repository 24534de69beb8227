#include "gui/canvas/overlays/template_card.h"

#include "gui/canvas/overlays/template_preview.h"
#include "gui/theme/fonts.h"
#include "gui/theme/theme.h"
#include "models/text/figure_text.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

namespace plimsoll::gui {
namespace {
constexpr double kRadius = 8, kPreview = 130, kPad = 15;
constexpr QSizeF kOpen{64, 28};

QString elided(const QPainter& painter, const QString& text, double width) {
    return QFontMetricsF(painter.font()).elidedText(text, Qt::ElideRight, width);
}

} // namespace

TemplateCard::TemplateCard(QString id, const QString& name, QString description, document::Project project,
                           QWidget* parent)
    : QAbstractButton(parent), m_id(std::move(id)), m_description(std::move(description)),
      m_project(std::move(project)) {
    setObjectName(QStringLiteral("template_") + m_id);
    setText(name);
    setAccessibleName(tr("Template %1: %2").arg(name, m_description));
    setFixedSize(kWidth, kHeight);
    setCursor(Qt::PointingHandCursor);
}

void TemplateCard::setAssessment(std::shared_ptr<const assess::Assessment> assessment) {
    m_assessment = std::move(assessment);
    update();
}

void TemplateCard::paintFigure(QPainter& painter, const QRectF& line, double right) const {
    if (!m_assessment || !m_assessment->solved || !m_assessment->safeLoadFactor) return;
    const Theme& theme = themeFor(palette());
    double x = line.left();
    const auto draw = [&](const QString& text, const QFont& font, const QColor& colour) {
        painter.setFont(font);
        painter.setPen(colour);
        const QString shown = elided(painter, text, right - x);
        painter.drawText(QPointF(x, line.bottom()), shown);
        x += QFontMetricsF(font).horizontalAdvance(shown) + 8;
    };
    draw(tr("safe load"), uiFont(12), theme.muted);
    draw(QString::fromStdString(text::factor(m_assessment->safeLoadFactor).joined()), uiFont(15, QFont::DemiBold),
         theme.text);
    const auto* first =
        m_assessment->bottleneck ? m_assessment->component(m_assessment->bottleneck->component) : nullptr;
    if (first && right - x > 60)
        draw(tr("%1 fills first").arg(QString::fromStdString(first->name)), uiFont(12), theme.muted);
}

void TemplateCard::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    const bool meant = underMouse() || hasFocus();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF card = QRectF(rect()).adjusted(1, 1, -1, -3);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.shadow);
    painter.drawRoundedRect(card.translated(0, 2), kRadius, kRadius);
    painter.setBrush(theme.card);
    painter.drawRoundedRect(card, kRadius, kRadius);

    QPainterPath outline;
    outline.addRoundedRect(card, kRadius, kRadius);
    const QRectF preview(card.left(), card.top(), card.width(), kPreview);
    painter.save();
    painter.setClipPath(outline);
    painter.fillRect(preview, theme.quietBox);
    paintPreview(painter, preview, m_project, m_assessment.get(), theme);
    painter.restore();
    painter.setPen(theme.hairline);
    painter.drawLine(preview.bottomLeft() + QPointF(0, 0.5), preview.bottomRight() + QPointF(0, 0.5));

    const double left = card.left() + kPad, width = card.width() - 2 * kPad;
    painter.setPen(theme.text);
    painter.setFont(uiFont(15, QFont::DemiBold));
    painter.drawText(QPointF(left, preview.bottom() + 24), elided(painter, text(), width));
    painter.setPen(theme.muted);
    painter.setFont(uiFont(12));
    // Two lines at most; words break a little before the line's end, so a tenth is left for them.
    painter.drawText(QRectF(left, preview.bottom() + 30, width, 36), Qt::AlignTop | Qt::TextWordWrap,
                     elided(painter, m_description, width * 1.9));
    const double figureRight = card.right() - kPad - (meant ? kOpen.width() + 8 : 0);
    paintFigure(painter, QRectF(left, 0, width, preview.bottom() + 92), figureRight);

    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(meant ? theme.accent : theme.line, meant ? 2 : 1));
    painter.drawRoundedRect(card, kRadius, kRadius);
    if (!meant) return;
    const QRectF open(QPointF(card.right() - kPad - kOpen.width(), card.bottom() - 12 - kOpen.height()), kOpen);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.accent);
    painter.drawRoundedRect(open, 4, 4);
    painter.setPen(theme.dark ? theme.canvas : theme.card);
    painter.setFont(uiFont(13));
    painter.drawText(open, Qt::AlignCenter, tr("Open"));
}

void TemplateCard::enterEvent(QEnterEvent*) {
    update();
}
void TemplateCard::leaveEvent(QEvent*) {
    update();
}

void TemplateCard::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return click();
    QAbstractButton::keyPressEvent(event);
}

} // namespace plimsoll::gui
