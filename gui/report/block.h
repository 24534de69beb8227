// The report as a column of blocks that a paginator lays on pages.
#pragma once
#include <QColor>
#include <QFont>
#include <QPainter>
#include <QRectF>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace plimsoll::gui::report {

/// Words of a block, wrapped to the width of their box (painter units, from the block's top left), never elided. The
/// box is as high as the wrapped words need; textHeight() measures them.
struct Text {
    QString words;
    QFont font;
    QColor colour;
    QRectF box;
    Qt::Alignment alignment = Qt::AlignLeft; // horizontal
    double lineHeight = 1.4;                 // times the size of the font
};

/// Something as wide as the page's content that is never split: lines of a paragraph, a table row, a figure.
struct Block {
    double height = 0; // painter units
    std::vector<Text> texts;
    std::function<void(QPainter&, const QRectF&)>
        paint;                             // what lies below the texts: rules, bars, a figure; may be empty
    bool keepWithNext = false;             // a heading, a table's head
    std::shared_ptr<const Block> repeated; // a table row: the head that stands above it again on a new page
    std::shared_ptr<const Block> atTop; // stands in for this one at the top of a page: a row that names its group again
    double spaceBefore = 0;             // not at the top of a page
};

/// A chapter begins a page; `topic` stands above its title and in the outline.
struct Chapter {
    QString topic;
    QString title; // the finding as a sentence
    std::vector<Block> blocks;
    QString project = {}; // named above the title, on the cover alone
};

/// Blocks with their places.
struct PlacedBlock {
    Block block;
    QRectF place;
};
struct Page {
    QString topic;
    bool beginsChapter = false;
    std::vector<PlacedBlock> blocks;
};

/// Distributes the chapters over pages: no block split, no heading left alone at the foot, heads of tables repeated.
std::vector<Page> paginate(const std::vector<Chapter>& chapters);

} // namespace plimsoll::gui::report
