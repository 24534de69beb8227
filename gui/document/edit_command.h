// The only undo command there is: the project and the selection before and after.
#pragma once
#include "gui/document/document.h"

#include <QUndoCommand>

namespace plimsoll::gui {

class EditCommand : public QUndoCommand {
public:
    struct State {
        document::Project project;
        Selection selection;
    };
    EditCommand(Document& document, const QString& text, State before, State after, MergeKey merge, int burst);

    void undo() override;
    void redo() override;
    int id() const override { return m_merge.isEmpty() ? -1 : 1; }
    bool mergeWith(const QUndoCommand* other) override;

private:
    Document& m_document;
    State m_before, m_after;
    MergeKey m_merge;
    int m_burst;
};

} // namespace plimsoll::gui
