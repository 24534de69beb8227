#include "gui/inspector/edit_burst.h"

namespace plimsoll::gui {

void EditBurst::begin() {
    m_document.endMerge();
    m_before = m_document.project();
}

std::optional<document::Error> EditBurst::write(const QString& text,
                                                std::expected<document::Project, document::Error> result) {
    const bool single = !m_before; // not within begin() and end(): a step of its own
    if (single) m_document.endMerge();
    const auto refusal = result ? std::nullopt : std::optional(result.error());
    m_document.apply(text, std::move(result), m_key);
    if (single) m_document.endMerge();
    return refusal;
}

void EditBurst::restore(const QString& text) {
    if (m_before) m_document.apply(text, *m_before, m_key);
}

void EditBurst::end() {
    m_before.reset();
    m_document.endMerge();
}

} // namespace plimsoll::gui
