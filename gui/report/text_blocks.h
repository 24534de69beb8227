// Words measured and drawn; headings and paragraphs as blocks.
#pragma once
#include "gui/report/block.h"

#include <QStringList>

namespace plimsoll::gui::report {

inline const QColor kInk{"#1b1f24"}, kMuted{"#57606a"}, kRule{"#d0d7de"}, kAccent{"#0b5cad"}, kMet{"#1b6e3c"},
    kMissed{"#b00020"}, kTint{"#e9f0f7"};

/// The lines of `words` in `width`: broken between words, never between a number and its unit; inside a word only where
/// the word alone is wider.
QStringList wrappedLines(const QString& words, const QFont& font, double width);
/// The height of `words` wrapped to `width`.
double textHeight(const QString& words, const QFont& font, double width, double lineHeight = 1.4);
double textHeight(const Text& text);
/// The width of `words` on one line (of their longest line), and that of their longest unbreakable part.
double textWidth(const QString& words, const QFont& font);
double longestWordWidth(const QString& words, const QFont& font);
/// A text whose box begins at (left, top) and is as high as it needs.
Text placedText(const QString& words, const QFont& font, const QColor& colour, const QRectF& leftTopWidth,
                Qt::Alignment alignment = Qt::AlignLeft);

/// Draws the block: its figure, then its words.
void paintBlock(QPainter& painter, const Block& block, const QRectF& place);

/// A paragraph of any length, in pieces that a page can hold.
std::vector<Block> textBlocks(const QString& words, const QFont& font, const QColor& colour, double before,
                              double after = 0, bool heading = false, double lineHeight = 1.4, double indent = 0);
/// The project's name (on the cover) above the title of a chapter.
std::vector<Block> titleBlocks(const QString& project, const QString& title);

Block sectionHeading(const QString& words);
std::vector<Block> paragraph(const QString& words, double points = 10, const QColor& colour = kInk);
std::vector<Block> listItem(const QString& words, double points = 10); // behind a dash, indented
std::vector<Block> note(const QString& words);                         // small and muted
/// Both beside each other in columns of half the width, as one block.
Block besideEachOther(const std::vector<Block>& left, const std::vector<Block>& right);

/// Appends `more` to `blocks`.
void append(std::vector<Block>& blocks, std::vector<Block> more);

} // namespace plimsoll::gui::report
