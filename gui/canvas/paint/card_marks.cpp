#include "gui/canvas/paint/card_marks.h"

#include "gui/canvas/geometry.h"
#include "gui/canvas/paint/card_text.h"
#include "gui/theme/fonts.h"
#include "gui/theme/icons.h"

#include <QFontMetricsF>

namespace plimsoll::gui {
namespace {

constexpr double kChipText = 11, kNoteText = 11, kNoteLine = 16, kNotePad = 4, kNoteIcon = 14, kNoteGap = 6;

QFont markFont(double scale, QFont::Weight weight) {
    return uiFont(std::ceil(kChipText * scale), weight);
}

/// Text on a fill in one of the strong colours of the theme.
QColor onStrong(const Theme& theme) {
    return theme.dark ? theme.canvas : theme.card;
}

} // namespace

double markScale(double zoom) {
    return zoom < 1 ? 1 / zoom : 1;
}

QRectF rankRect(const CardLook& look) {
    const double s = markScale(look.zoom);
    const bool apart = look.detail <= Detail::Block; // leaves the icon free
    return apart ? QRectF(-12 * s, -10 * s, 20 * s, 18 * s) : QRectF(-6 * s, -6 * s, 18 * s, 18 * s);
}

QRectF badgeRect(const CardFigure::Badge& badge, const CardLook& look) {
    const double s = markScale(look.zoom);
    const double width = badge.severity == assess::Severity::Error ? 22 : 18;
    return {kCardWidth + (6 - width) * s, -6 * s, width * s, 18 * s};
}

QRectF noteRect(const CardFigure::Note& note, const CardLook& look) {
    if (note.text.isEmpty()) return {};
    const double s = markScale(look.zoom);
    const double left = (kNotePad * 2 + kNoteIcon + 4) * s;
    const QFontMetricsF metrics(markFont(s, QFont::DemiBold));
    const QRectF text =
        metrics.boundingRect(QRectF(0, 0, kCardWidth - left - kNotePad * s, 1000), Qt::TextWordWrap, note.text);
    const int lines = std::max(1, qRound(text.height() / metrics.height()));
    return {0, kCardHeight + kNoteGap, kCardWidth, (lines * kNoteLine + 2 * kNotePad) * s};
}

void paintRank(QPainter& painter, int rank, const Theme& theme, const CardLook& look) {
    if (rank <= 0) return;
    const QRectF chip = rankRect(look);
    const double s = markScale(look.zoom);
    const bool first = rank == 1;
    painter.setPen(QPen(theme.text, 1 * s));
    painter.setBrush(first ? theme.text : theme.card);
    painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2);
    painter.setPen(first ? theme.card : theme.text);
    painter.setFont(markFont(s, first ? QFont::Bold : QFont::DemiBold));
    painter.drawText(chip, Qt::AlignCenter, QString::number(rank));
}

void paintBadge(QPainter& painter, const CardFigure::Badge& badge, const Theme& theme, const CardLook& look) {
    if (badge.count <= 0) return;
    const QRectF box = badgeRect(badge, look);
    const double s = markScale(look.zoom);
    painter.setPen(Qt::NoPen);
    QRectF textBox = box;
    switch (badge.severity) {
    case assess::Severity::Error: {
        QPainterPath triangle(QPointF(box.center().x(), box.top()));
        triangle.lineTo(box.bottomRight());
        triangle.lineTo(box.bottomLeft());
        triangle.closeSubpath();
        painter.setBrush(theme.error);
        painter.setPen(QPen(theme.error, 2 * s, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(triangle);
        textBox.adjust(0, 4 * s, 0, 1 * s);
        break;
    }
    case assess::Severity::Warning:
        painter.setBrush(theme.warning);
        painter.drawRoundedRect(box, 4 * s, 4 * s);
        break;
    case assess::Severity::Hint:
        painter.setBrush(theme.accent);
        painter.drawEllipse(box);
        break;
    }
    painter.setPen(onStrong(theme));
    painter.setFont(markFont(s, QFont::Bold));
    painter.drawText(textBox, Qt::AlignCenter, QString::number(badge.count));
}

void paintNote(QPainter& painter, const CardFigure::Note& note, const Theme& theme, const CardLook& look) {
    if (note.text.isEmpty()) return;
    const double s = markScale(look.zoom);
    const QRectF box = noteRect(note, look);
    const bool error = note.tone == CardFigure::Tone::Error;
    const QColor& colour = error ? theme.error : theme.warning;
    painter.setPen(QPen(colour, 1 * s));
    painter.setBrush(error ? theme.errorTint : theme.warningTint);
    painter.drawRoundedRect(box, 4 * s, 4 * s);
    const QRectF icon(box.left() + 2 * kNotePad * s, box.top() + (kNotePad + 1) * s, kNoteIcon * s, kNoteIcon * s);
    drawUiIcon(painter, QStringLiteral("warning"), icon, colour);
    painter.setPen(colour);
    painter.setFont(markFont(s, QFont::DemiBold));
    const double left = icon.right() + 4 * s;
    painter.drawText(QRectF(left, box.top(), box.right() - kNotePad * s - left, box.height()),
                     Qt::AlignVCenter | Qt::TextWordWrap, note.text);
}

} // namespace plimsoll::gui
