#include "gui/document/document.h"

#include "gui/document/edit_command.h"
#include "models/store/project_file.h"

#include <QFileInfo>

namespace plimsoll::gui {

Document::Document(QObject* parent) : QObject(parent), m_project(document::emptyProject()) {
    m_undo.setUndoLimit(1000);
    connect(&m_undo, &QUndoStack::cleanChanged, this, &Document::fileChanged);
}

bool Document::apply(const QString& text, std::expected<document::Project, document::Error> result,
                     const MergeKey& merge, std::optional<Selection> after) {
    if (!result) {
        emit refused(result.error());
        return false;
    }
    if (*result == m_project) return true;
    EditCommand::State now{m_project, m_selection};
    EditCommand::State then{std::move(*result), after ? std::move(*after) : m_selection};
    if (merge.isEmpty()) endMerge();
    m_undo.push(new EditCommand(*this, text, std::move(now), std::move(then), merge, m_burst));
    return true;
}

void Document::endMerge() {
    ++m_burst;
}

QString Document::title() const {
    if (!m_project.name.empty()) return QString::fromStdString(m_project.name);
    return m_path.isEmpty() ? tr("Untitled") : QFileInfo(m_path).completeBaseName();
}

std::expected<void, document::Error> Document::open(const QString& path) {
    auto loaded = store::load(path.toStdString());
    if (!loaded) return std::unexpected(loaded.error());
    start(*loaded);
    m_path = path;
    emit fileChanged();
    return {};
}

void Document::start(const document::Project& project) {
    m_undo.clear();
    m_path.clear();
    put(project, {});
    emit replaced();
    emit fileChanged();
}

std::expected<void, document::Error> Document::save(const QString& path) {
    if (auto saved = store::save(m_project, path.toStdString()); !saved) return saved;
    m_path = path;
    m_undo.setClean();
    emit fileChanged();
    return {};
}

void Document::select(Selection selection) {
    if (selection == m_selection) return;
    m_selection = std::move(selection);
    emit selectionChanged();
}

void Document::put(const document::Project& project, const Selection& selection) {
    m_project = project;
    ++m_revision;
    emit changed();
    select(selection);
}

} // namespace plimsoll::gui
