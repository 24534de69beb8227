// Where strands live. They are used again with the records that they have grown, so that nothing is allocated once a
// simulation has reached its size.
#pragma once
#include "engine/simulate/strand.h"

#include <memory>
#include <vector>

namespace plimsoll::simulate {

class StrandStore {
public:
    Strand& take() {
        if (m_free.empty()) addChunk();
        Strand& strand = *m_free.back();
        m_free.pop_back();
        strand.live = true;
        return strand;
    }
    void giveBack(Strand& strand) {
        strand.live = false;
        strand.depth = 0;
        strand.waits = Waits::Nothing;
        strand.ticket = kNone;
        strand.timer = strand.keys = kNone;
        strand.parent = strand.firstChild = nullptr;
        strand.own = 0;
        m_free.push_back(&strand);
    }
    Strand& operator[](std::uint32_t id) { return m_chunks[id / kChunk][id % kChunk]; }
    /// Every strand, live or not, has an id below this.
    std::uint32_t ids() const { return std::uint32_t(m_chunks.size() * kChunk); }
    std::size_t live() const { return m_chunks.size() * kChunk - m_free.size(); }
    std::size_t bytes() const { return m_chunks.size() * kChunk * sizeof(Strand) + m_recordBytes; }

    /// A new record on top of the strand's stack.
    Record& push(Strand& strand) {
        if (strand.depth == strand.capacity) [[unlikely]]
            grow(strand);
        return strand.records[strand.depth++];
    }

private:
    static constexpr std::uint32_t kChunk = 256, kFirstRecords = 4;
    void addChunk();
    void grow(Strand& strand);

    std::vector<std::unique_ptr<Strand[]>> m_chunks;
    std::vector<std::unique_ptr<Record[]>> m_records; ///< by id
    std::vector<Strand*> m_free;
    std::size_t m_recordBytes = 0;
};

} // namespace plimsoll::simulate
