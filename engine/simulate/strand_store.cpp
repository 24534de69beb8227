#include "engine/simulate/strand_store.h"

#include <algorithm>

namespace plimsoll::simulate {

void StrandStore::addChunk() {
    const std::uint32_t first = ids();
    Strand* chunk = m_chunks.emplace_back(std::make_unique<Strand[]>(kChunk)).get();
    m_records.resize(m_records.size() + kChunk);
    for (std::uint32_t i = kChunk; i-- > 0;) {
        chunk[i].id = first + i;
        m_free.push_back(&chunk[i]);
    }
}

void StrandStore::grow(Strand& strand) {
    const std::uint32_t capacity = strand.capacity == 0 ? kFirstRecords : 2 * strand.capacity;
    auto records = std::make_unique<Record[]>(capacity);
    std::copy_n(strand.records, strand.depth, records.get());
    m_recordBytes += (capacity - strand.capacity) * sizeof(Record);
    strand.records = records.get();
    strand.capacity = capacity;
    m_records[strand.id] = std::move(records);
}

} // namespace plimsoll::simulate
