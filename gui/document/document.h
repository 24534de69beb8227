// The current project of a window, and the only way to change it.
#pragma once
#include "gui/document/selection.h"
#include "models/document/error.h"
#include "models/document/project.h"

#include <QObject>
#include <QString>
#include <QUndoStack>

#include <expected>
#include <functional>

namespace plimsoll::gui {

/// Edits that belong together merge into one undo step: same key, same burst (a slider from press to release, arrow
/// keys less than 700 ms apart, a field from focus-in to commit). An empty key never merges.
using MergeKey = QString;

class Document : public QObject {
    Q_OBJECT
public:
    explicit Document(QObject* parent = nullptr);

    const document::Project& project() const { return m_project; }
    /// Grows with every change, undo and redo included: figures of an older revision are stale.
    quint64 revision() const { return m_revision; }

    /// Puts `result` in place of the project as one undo step called `text` ("move 3 components"). An error changes
    /// nothing and is reported by refused(); an equal project makes no step. `after` is the selection that belongs to
    /// the step.
    bool apply(const QString& text, std::expected<document::Project, document::Error> result,
               const MergeKey& merge = {}, std::optional<Selection> after = {});
    /// Ends the burst that the next apply() with the same key would merge into.
    void endMerge();
    QUndoStack& undoStack() { return m_undo; }

    /// The file it is saved in; empty: none yet.
    const QString& path() const { return m_path; }
    bool isModified() const { return !m_undo.isClean(); }
    /// "Web shop" or the file's name, for the title bar.
    QString title() const;
    /// Each forgets the undo history and the selection. On an error nothing changes.
    std::expected<void, document::Error> open(const QString& path);
    void start(const document::Project& project); // a new one, a template, a recovered one; no path
    std::expected<void, document::Error> save(const QString& path);

    /// What is selected now: kept here, since undo restores it with the step that it belonged to.
    const Selection& selection() const { return m_selection; }
    void select(Selection selection);

signals:
    void changed();  // another project value
    void replaced(); // another document: opened, started (after changed())
    void selectionChanged();
    void fileChanged(); // path or modified mark
    void refused(const plimsoll::document::Error& error);

private:
    friend class EditCommand;
    void put(const document::Project& project, const Selection& selection);

    document::Project m_project;
    Selection m_selection;
    QUndoStack m_undo;
    QString m_path;
    quint64 m_revision = 1;
    int m_burst = 0; // number of the merge burst: commands of another burst do not merge
};

} // namespace plimsoll::gui
