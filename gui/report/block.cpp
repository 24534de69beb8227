#include "gui/report/block.h"

#include "gui/report/page_metrics.h"
#include "gui/report/text_blocks.h"

namespace plimsoll::gui::report {
namespace {

/// Lays blocks down a page and begins the next one when they no longer fit.
class Paginator {
public:
    void chapter(const Chapter& chapter) {
        m_topic = chapter.topic;
        m_pages.push_back({m_topic, chapter.title, {}});
        m_y = kTop + mm(8) + titleHeight(chapter.title) + mm(4);
        for (std::size_t i = 0; i < chapter.blocks.size(); ++i) {
            double needed = 0;
            std::size_t last = i;
            for (; last < chapter.blocks.size(); ++last) {
                needed += (last == i ? 0 : chapter.blocks[last].spaceBefore) + chapter.blocks[last].height;
                if (!chapter.blocks[last].keepWithNext) break;
            }
            place(chapter.blocks[i], needed);
        }
    }
    std::vector<Page> pages() { return std::move(m_pages); }

private:
    void place(const Block& block, double needed) {
        double space = m_pages.back().blocks.empty() ? 0 : block.spaceBefore;
        if (m_y + space + needed > kContentBottom && !m_pages.back().blocks.empty()) {
            m_pages.push_back({m_topic, {}, {}});
            m_y = kTop + mm(8);
            space = 0;
            if (block.repeated) put(*block.repeated);
        }
        m_y += space;
        put(block);
    }
    void put(const Block& block) {
        m_pages.back().blocks.push_back({block, QRectF(kMargin, m_y, kContentWidth, block.height)});
        m_y += block.height;
    }

    std::vector<Page> m_pages;
    QString m_topic;
    double m_y = 0;
};

} // namespace

std::vector<Page> paginate(const std::vector<Chapter>& chapters) {
    Paginator paginator;
    for (const auto& chapter : chapters) paginator.chapter(chapter);
    return paginator.pages();
}

} // namespace plimsoll::gui::report
