#include "gui/report/text_blocks.h"

#include "gui/report/page_metrics.h"

#include <QFontMetricsF>
#include <QRegularExpression>
#include <QTextBoundaryFinder>

#include <algorithm>
#include <iterator>
#include <memory>

namespace plimsoll::gui::report {
namespace {

constexpr double kTitleLines = 1.25;    // height of a title's line, of the size of its font
constexpr qsizetype kLinesOfAPiece = 6; // a paragraph may be split by a page after so many

/// Spaces inside a figure ("250 ms", "< 1 %") become such that a line does not end there.
QString unbreakable(QString words) {
    static const QRegularExpression inside(
        QStringLiteral("(?<=\\d) (?=(\\d{3}|%|[mµn]?s|min|h|d|k|M|[KMGT]?i?B|requests/s)(?![A-Za-z\\d]))|"
                       "(?<=[<>]) (?=\\d)"),
        QRegularExpression::UseUnicodePropertiesOption);
    return words.replace(inside, QString(QChar::Nbsp));
}

/// How many characters of `word` fit in `width`, at least one, whole graphemes.
qsizetype fitting(const QString& word, const QFontMetricsF& metrics, double width) {
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, word);
    qsizetype taken = 0;
    for (qsizetype next = finder.toNextBoundary(); next > 0; next = finder.toNextBoundary()) {
        if (taken > 0 && metrics.horizontalAdvance(word.left(next)) > width) break;
        taken = next;
    }
    return std::max<qsizetype>(taken, 1);
}

/// Fills lines with words. Qt's own breaking would also part "800/" from "s".
class LineFiller {
public:
    LineFiller(const QFont& font, double width)
        : m_metrics(font), m_width(width), m_space(m_metrics.horizontalAdvance(QLatin1Char(' '))) {}

    QStringList lines(const QString& words) {
        for (const QString& part : unbreakable(words).split(QLatin1Char('\n'))) {
            for (const QString& word : part.split(QLatin1Char(' '), Qt::SkipEmptyParts)) add(word);
            end();
        }
        return m_lines;
    }

private:
    void add(QString word) {
        double wide = m_metrics.horizontalAdvance(word);
        if (!m_line.isEmpty() && m_used + m_space + wide > m_width) end();
        while (m_line.isEmpty() && wide > m_width && word.size() > 1) {
            const qsizetype taken = fitting(word, m_metrics, m_width);
            if (taken >= word.size()) break;
            m_lines << word.left(taken);
            word.remove(0, taken);
            wide = m_metrics.horizontalAdvance(word);
        }
        m_used += (m_line.isEmpty() ? 0 : m_space) + wide;
        m_line += m_line.isEmpty() ? word : QLatin1Char(' ') + word;
    }
    void end() {
        m_lines << m_line;
        m_line.clear();
        m_used = 0;
    }

    QFontMetricsF m_metrics;
    double m_width, m_space, m_used = 0;
    QString m_line;
    QStringList m_lines;
};

void paintText(QPainter& painter, const Text& text, const QPointF& corner) {
    const QRectF box = text.box.translated(corner);
    const QFontMetricsF metrics(text.font);
    const double step = text.font.pixelSize() * text.lineHeight;
    double baseline = box.top() + (step - metrics.height()) / 2 + metrics.ascent();
    painter.setFont(text.font);
    painter.setPen(text.colour);
    for (const QString& line : wrappedLines(text.words, text.font, box.width())) {
        const double free = box.width() - metrics.horizontalAdvance(line);
        const double indent = text.alignment & Qt::AlignRight ? free : text.alignment & Qt::AlignHCenter ? free / 2 : 0;
        painter.drawText(QPointF(box.left() + indent, baseline), line);
        baseline += step;
    }
}

} // namespace

QStringList wrappedLines(const QString& words, const QFont& font, double width) {
    return LineFiller(font, width).lines(words);
}

double textHeight(const QString& words, const QFont& font, double width, double lineHeight) {
    return static_cast<double>(wrappedLines(words, font, width).size()) * font.pixelSize() * lineHeight;
}

double textHeight(const Text& text) {
    return textHeight(text.words, text.font, text.box.width(), text.lineHeight);
}

double textWidth(const QString& words, const QFont& font) {
    const QFontMetricsF metrics(font);
    double width = 0;
    for (const QString& line : unbreakable(words).split(QLatin1Char('\n')))
        width = std::max(width, metrics.horizontalAdvance(line));
    return width + 1; // a line that fits exactly must not be broken by rounding
}

double longestWordWidth(const QString& words, const QFont& font) {
    const QFontMetricsF metrics(font);
    double width = 0;
    static const QRegularExpression spaces(QStringLiteral("[ \\n]+"));
    for (const QString& word : unbreakable(words).split(spaces, Qt::SkipEmptyParts))
        width = std::max(width, metrics.horizontalAdvance(word));
    return width + 1;
}

Text placedText(const QString& words, const QFont& font, const QColor& colour, const QRectF& leftTopWidth,
                Qt::Alignment alignment) {
    QRectF box = leftTopWidth;
    box.setHeight(textHeight(words, font, box.width()));
    return {words, font, colour, box, alignment};
}

void paintBlock(QPainter& painter, const Block& block, const QRectF& place) {
    painter.save();
    if (block.paint) block.paint(painter, place);
    painter.restore();
    for (const Text& text : block.texts) paintText(painter, text, place.topLeft());
}

std::vector<Block> textBlocks(const QString& words, const QFont& font, const QColor& colour, double before,
                              double after, bool heading, double lineHeight, double indent) {
    const double width = kContentWidth - indent;
    const QStringList lines = wrappedLines(words, font, width);
    std::vector<Block> blocks;
    for (qsizetype first = 0; first < lines.size();) {
        // The last piece takes what would be a line or two alone.
        const qsizetype left = lines.size() - first;
        const qsizetype taken = left < 2 * kLinesOfAPiece ? left : kLinesOfAPiece;
        const QString piece =
            taken == lines.size() ? words : QStringList(lines.mid(first, taken)).join(QLatin1Char('\n'));
        Block block;
        block.spaceBefore = first == 0 ? before : 0;
        const double height = textHeight(piece, font, width, lineHeight);
        block.texts.push_back({piece, font, colour, QRectF(indent, 0, width, height), Qt::AlignLeft, lineHeight});
        first += taken;
        block.height = height + (first == lines.size() ? after : 0);
        block.keepWithNext = heading;
        blocks.push_back(std::move(block));
    }
    return blocks;
}

namespace {

/// Smaller where long names would fill the page with the title.
QFont titleFont(const QString& title) {
    constexpr int kMostLines = 4;
    for (const double points : {kTitle, (kTitle + kSection) / 2})
        if (const QFont font = face(points, QFont::Bold); wrappedLines(title, font, kContentWidth).size() <= kMostLines)
            return font;
    return face(kSection, QFont::Bold);
}

} // namespace

std::vector<Block> titleBlocks(const QString& project, const QString& title) {
    std::vector<Block> blocks;
    if (!project.isEmpty()) {
        blocks = textBlocks(project, face(kBlock, QFont::Bold), kAccent, 0, mm(1), true);
        blocks.front().texts.front().box.translate(0, mm(8)); // the cover has air above
        blocks.front().height += mm(8);
    }
    append(blocks, textBlocks(title, titleFont(title), kInk, 0, mm(1), true, kTitleLines));
    return blocks;
}

Block sectionHeading(const QString& words) {
    return textBlocks(words, face(kSection, QFont::Bold), kInk, mm(5), mm(1.8), true).front();
}

std::vector<Block> paragraph(const QString& words, double points, const QColor& colour) {
    return textBlocks(words, face(points), colour, mm(1));
}

std::vector<Block> listItem(const QString& words, double points) {
    constexpr double kIndent = mm(3.5);
    std::vector<Block> blocks = textBlocks(words, face(points), kInk, mm(1), 0, false, 1.4, kIndent);
    blocks.front().texts.push_back(placedText(QStringLiteral("–"), face(points), kInk, QRectF(0, 0, kIndent, 0)));
    return blocks;
}

std::vector<Block> note(const QString& words) {
    return textBlocks(words, face(kTable), kMuted, mm(2));
}

Block besideEachOther(const std::vector<Block>& left, const std::vector<Block>& right) {
    struct Part {
        Block block;
        QPointF corner;
    };
    Block both;
    std::vector<Part> parts;
    const auto stack = [&](const std::vector<Block>& blocks, double x) {
        double y = 0;
        for (const Block& block : blocks) {
            if (y > 0) y += block.spaceBefore;
            for (Text text : block.texts) {
                text.box.translate(x, y);
                both.texts.push_back(std::move(text));
            }
            parts.push_back({block, QPointF(x, y)});
            y += block.height;
        }
        both.height = std::max(both.height, y);
    };
    stack(left, 0);
    stack(right, kContentWidth - kHalfWidth);
    both.paint = [parts](QPainter& painter, const QRectF& place) {
        for (const auto& [block, corner] : parts)
            if (block.paint) block.paint(painter, QRectF(place.topLeft() + corner, QSizeF(kHalfWidth, block.height)));
    };
    return both;
}

void append(std::vector<Block>& blocks, std::vector<Block> more) {
    std::ranges::move(more, std::back_inserter(blocks));
}

} // namespace plimsoll::gui::report
