#include "gui/report/block.h"

#include "gui/report/page_metrics.h"
#include "gui/report/text_blocks.h"

#include <algorithm>

namespace plimsoll::gui::report {
namespace {

/// Lays blocks down a page and begins the next one when they no longer fit.
class Paginator {
public:
    void chapter(const Chapter& chapter) {
        m_topic = chapter.topic;
        begin(true);
        const std::vector<Block> blocks = withTitle(chapter);
        for (std::size_t i = 0; i < blocks.size(); ++i) place(blocks[i], heightWithFollowers(blocks, i));
    }
    std::vector<Page> pages() { return std::move(m_pages); }

private:
    static std::vector<Block> withTitle(const Chapter& chapter) {
        std::vector<Block> blocks = titleBlocks(chapter.project, chapter.title);
        blocks.insert(blocks.end(), chapter.blocks.begin(), chapter.blocks.end());
        return blocks;
    }
    /// What has to fit on the page for block `i` to stand there.
    static double heightWithFollowers(const std::vector<Block>& blocks, std::size_t i) {
        double needed = blocks[i].height;
        for (; blocks[i].keepWithNext && i + 1 < blocks.size(); ++i)
            needed += blocks[i + 1].spaceBefore + blocks[i + 1].height;
        return needed;
    }
    void begin(bool chapter) {
        m_pages.push_back({m_topic, chapter, {}});
        m_y = kContentTop;
    }
    void place(const Block& block, double needed) {
        const bool empty = m_pages.back().blocks.empty();
        const double room = kContentBottom - m_y - (empty ? 0 : block.spaceBefore);
        // A chain that began at the top and still does not fit gains nothing from one more page.
        const bool broken = !empty && (block.height > room || (needed > room && !m_chainFromTop));
        if (broken) {
            begin(false);
            if (block.repeated) put(*block.repeated);
        } else if (!empty) {
            m_y += block.spaceBefore;
        }
        put(broken && block.atTop ? *block.atTop : block);
        m_chainFromTop = block.keepWithNext && (empty || broken || m_chainFromTop);
    }
    void put(const Block& block) {
        m_pages.back().blocks.push_back({block, QRectF(kMargin, m_y, kContentWidth, block.height)});
        m_y += block.height;
    }

    std::vector<Page> m_pages;
    QString m_topic;
    double m_y = 0;
    bool m_chainFromTop = false; // all that stands on this page is kept with what comes next
};

} // namespace

std::vector<Page> paginate(const std::vector<Chapter>& chapters) {
    Paginator paginator;
    for (const auto& chapter : chapters) paginator.chapter(chapter);
    return paginator.pages();
}

} // namespace plimsoll::gui::report
