// Headings and paragraphs as blocks.
#pragma once
#include "gui/report/block.h"

#include <QColor>
#include <QFont>

namespace plimsoll::gui::report {

inline const QColor kInk{"#1b1f24"}, kMuted{"#57606a"}, kRule{"#d0d7de"}, kAccent{"#0b5cad"}, kMet{"#1b6e3c"},
    kMissed{"#b00020"}, kTint{"#e9f0f7"};

/// The height of `text` wrapped to `width` in `font`, lines 1.4 times the size (1.2 for titles).
double wrappedHeight(const QString& text, const QFont& font, double width, double lineHeight = 1.4);
/// Draws it from the top left of `box`.
void drawWrapped(QPainter& painter, const QString& text, const QFont& font, const QColor& colour, const QRectF& box,
                 double lineHeight = 1.4);
/// One line, elided at the right where it does not fit.
void drawLine(QPainter& painter, const QString& text, const QFont& font, const QColor& colour, const QRectF& box,
              Qt::Alignment alignment = Qt::AlignLeft);

double titleHeight(const QString& title);

Block sectionHeading(const QString& text);
Block blockHeading(const QString& text);
Block paragraph(const QString& text, double points = 10, const QColor& colour = kInk);
Block note(const QString& text); // small and muted
Block gap(double millimetres);

} // namespace plimsoll::gui::report
