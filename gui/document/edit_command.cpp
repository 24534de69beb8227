#include "gui/document/edit_command.h"

namespace plimsoll::gui {

EditCommand::EditCommand(Document& document, const QString& text, State before, State after, MergeKey merge, int burst)
    : QUndoCommand(text), m_document(document), m_before(std::move(before)), m_after(std::move(after)),
      m_merge(std::move(merge)), m_burst(burst) {}

void EditCommand::undo() {
    m_document.put(m_before.project, m_before.selection);
}
void EditCommand::redo() {
    m_document.put(m_after.project, m_after.selection);
}

bool EditCommand::mergeWith(const QUndoCommand* other) {
    const auto& next = static_cast<const EditCommand&>(*other); // id() says that it is one
    if (next.m_merge != m_merge || next.m_burst != m_burst) return false;
    m_after = next.m_after;
    setText(next.text());
    setObsolete(m_after.project == m_before.project); // the slider came back: no step
    return true;
}

} // namespace plimsoll::gui
