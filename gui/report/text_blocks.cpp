#include "gui/report/text_blocks.h"

#include "gui/report/page_metrics.h"

#include <QFontMetricsF>
#include <QTextLayout>

#include <algorithm>
#include <memory>

namespace plimsoll::gui::report {
namespace {

/// The lines of `text` in `width`; calls `line` with each and its top.
double layOut(const QString& text, const QFont& font, double width, double lineHeight,
              const std::function<void(const QTextLine&, double)>& line) {
    const double step = font.pixelSize() * lineHeight;
    double y = 0;
    for (const QString& part : text.split(QLatin1Char('\n'))) {
        QTextLayout layout(part, font);
        layout.beginLayout();
        for (QTextLine next = layout.createLine(); next.isValid(); next = layout.createLine()) {
            next.setLineWidth(width);
            if (line) line(next, y);
            y += step;
        }
        layout.endLayout();
    }
    return y;
}

} // namespace

double wrappedHeight(const QString& text, const QFont& font, double width, double lineHeight) {
    return layOut(text, font, width, lineHeight, {});
}

void drawWrapped(QPainter& painter, const QString& text, const QFont& font, const QColor& colour, const QRectF& box,
                 double lineHeight) {
    painter.setPen(colour);
    layOut(text, font, box.width(), lineHeight, [&](const QTextLine& line, double y) {
        const double leading = font.pixelSize() * lineHeight - line.height();
        line.draw(&painter, QPointF(box.left(), box.top() + y + leading / 2));
    });
}

void drawLine(QPainter& painter, const QString& text, const QFont& font, const QColor& colour, const QRectF& box,
              Qt::Alignment alignment) {
    painter.setFont(font);
    painter.setPen(colour);
    const QString shown = QFontMetricsF(font, painter.device()).elidedText(text, Qt::ElideRight, box.width());
    painter.drawText(box, static_cast<int>(alignment | Qt::AlignVCenter) | Qt::TextSingleLine | Qt::TextDontClip,
                     shown);
}

double titleHeight(const QString& title) {
    return title.isEmpty() ? 0 : wrappedHeight(title, face(kTitle, QFont::Bold), kContentWidth, 1.25);
}

namespace {

Block textBlock(const QString& text, const QFont& font, const QColor& colour, double before, double after,
                bool heading) {
    Block block;
    block.spaceBefore = before;
    block.keepWithNext = heading;
    block.height = wrappedHeight(text, font, kContentWidth) + after;
    block.paint = [=](QPainter& painter, const QRectF& place) { drawWrapped(painter, text, font, colour, place); };
    return block;
}

} // namespace

Block sectionHeading(const QString& text) {
    return textBlock(text, face(kSection, QFont::Bold), kInk, mm(5), mm(1.8), true);
}

Block blockHeading(const QString& text) {
    return textBlock(text, face(kBlock, QFont::Bold), kInk, mm(4), mm(1), true);
}

Block paragraph(const QString& text, double points, const QColor& colour) {
    return textBlock(text, face(points), colour, mm(1), 0, false);
}

Block note(const QString& text) {
    return textBlock(text, face(kTable), kMuted, mm(2), 0, false);
}

Block gap(double millimetres) {
    return {mm(millimetres), [](QPainter&, const QRectF&) {}, false, nullptr, 0};
}

} // namespace plimsoll::gui::report
