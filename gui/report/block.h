// The report as a column of blocks that a paginator lays on pages.
#pragma once
#include <QPainter>
#include <QRectF>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace plimsoll::gui::report {

/// Something as wide as the page's content that is never split: a paragraph, a table row, a figure.
struct Block {
    double height = 0; // painter units
    std::function<void(QPainter&, const QRectF&)> paint;
    bool keepWithNext = false;             // a heading, a table's head
    std::shared_ptr<const Block> repeated; // a table row: the head that stands above it again on a new page
    double spaceBefore = 0;                // not at the top of a page
};

/// A chapter begins a page; `topic` stands above its title and in the outline.
struct Chapter {
    QString topic;
    QString title; // the finding as a sentence
    std::vector<Block> blocks;
};

/// Blocks with their places.
struct PlacedBlock {
    Block block;
    QRectF place;
};
struct Page {
    QString topic, title; // of the chapter; the title only on its first page
    std::vector<PlacedBlock> blocks;
};

/// Distributes the chapters over pages: no block split, no heading left alone at the foot, heads of tables repeated.
std::vector<Page> paginate(const std::vector<Chapter>& chapters);

} // namespace plimsoll::gui::report
