// New, open, save: the document's life in files, with the question about unsaved changes.
#pragma once
#include "gui/document/document.h"

#include <QAction>
#include <QObject>
#include <QStringList>

#include <expected>
#include <functional>

class QFileDialog;
class QWidget;

namespace plimsoll::gui {

class FileActions : public QObject {
    Q_OBJECT
public:
    FileActions(Document& document, QWidget& window);

    /// In the order of the File menu.
    QAction *newProject, *open, *save, *saveAs;

    /// Opens a .plimsoll file, a project as JSON, or "template:ID". On an error nothing changes.
    std::expected<void, document::Error> openFile(const QString& file);
    /// The files opened and saved last, newest first, those that are gone left out.
    static QStringList recentFiles();

    /// Calls `then` when nothing would be lost: at once, or after the question has been answered with save or discard.
    void whenSafe(std::function<void()> then);

signals:
    void failed(const plimsoll::document::Error& error);
    void opened();
    void recentFilesChanged();

public slots:
    /// Asks about unsaved changes, then opens; errors are reported by failed().
    void openAfterQuestion(const QString& file);
    void startEmpty();

private:
    void askForFile(bool toSave, std::function<void(const QString&)> then);
    void saveThen(std::function<void()> then);
    void saveTo(const QString& file, const std::function<void()>& then);
    void remember(const QString& file);

    Document& m_document;
    QWidget& m_window;
};

} // namespace plimsoll::gui
