#include "gui/app/file_actions.h"

#include "models/exchange/project_json.h"
#include "models/exchange/templates.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QSettings>

namespace plimsoll::gui {
namespace {

const QString kRecent = QStringLiteral("recentFiles");
constexpr int kRecentMost = 8;

QAction* makeAction(FileActions* owner, const QString& text, const QKeySequence& key, const QString& name) {
    auto* action = new QAction(text, owner);
    action->setShortcut(key);
    action->setObjectName(name);
    return action;
}

std::expected<document::Project, document::Error> readJson(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(document::Error{path.toStdString(), "", file.errorString().toStdString()});
    const QByteArray text = file.readAll();
    auto project = exchange::projectFromJson({text.constData(), static_cast<std::size_t>(text.size())});
    if (!project && project.error().component.empty()) project.error().component = path.toStdString();
    return project;
}

} // namespace

FileActions::FileActions(Document& document, QWidget& window)
    : QObject(&window), newProject(makeAction(this, tr("&New"), QKeySequence::New, QStringLiteral("newProject"))),
      open(makeAction(this, tr("&Open…"), QKeySequence::Open, QStringLiteral("openProject"))),
      save(makeAction(this, tr("&Save"), QKeySequence::Save, QStringLiteral("saveProject"))),
      saveAs(makeAction(this, tr("Save &as…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S),
                        QStringLiteral("saveProjectAs"))),
      m_document(document), m_window(window) {
    connect(newProject, &QAction::triggered, this, &FileActions::startEmpty);
    connect(open, &QAction::triggered, this, [this] {
        whenSafe([this] {
            askForFile(false, [this](const QString& file) {
                if (const auto done = openFile(file); !done) emit failed(done.error());
            });
        });
    });
    connect(save, &QAction::triggered, this, [this] { saveThen({}); });
    connect(saveAs, &QAction::triggered, this,
            [this] { askForFile(true, [this](const QString& file) { saveTo(file, {}); }); });
}

std::expected<void, document::Error> FileActions::openFile(const QString& file) {
    static const QString kTemplate = QStringLiteral("template:");
    if (file.startsWith(kTemplate)) {
        auto project = exchange::templateProject(file.mid(kTemplate.size()).toStdString());
        if (!project) return std::unexpected(project.error());
        m_document.start(*project);
    } else if (file.endsWith(QLatin1String(".json"))) {
        auto project = readJson(file);
        if (!project) return std::unexpected(project.error());
        m_document.start(*project);
    } else {
        if (auto done = m_document.open(file); !done) return done;
        remember(file);
    }
    emit opened();
    return {};
}

void FileActions::openAfterQuestion(const QString& file) {
    whenSafe([this, file] {
        if (const auto done = openFile(file); !done) emit failed(done.error());
    });
}

void FileActions::startEmpty() {
    whenSafe([this] {
        m_document.start(document::emptyProject());
        emit opened();
    });
}

QStringList FileActions::recentFiles() {
    QStringList files = QSettings().value(kRecent).toStringList();
    files.removeIf([](const QString& file) { return !QFileInfo::exists(file); });
    return files;
}

void FileActions::remember(const QString& file) {
    const QString absolute = QFileInfo(file).absoluteFilePath();
    QStringList files = recentFiles();
    files.removeAll(absolute);
    files.prepend(absolute);
    QSettings().setValue(kRecent, files.mid(0, kRecentMost));
    emit recentFilesChanged();
}

void FileActions::whenSafe(std::function<void()> then) {
    if (!m_document.isModified()) return then();
    auto* box = new QMessageBox(QMessageBox::Question, tr("Unsaved changes"),
                                tr("Save the changes to “%1” first?").arg(m_document.title()),
                                QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, &m_window);
    box->setObjectName(QStringLiteral("unsavedQuestion"));
    box->setInformativeText(tr("Without saving they are lost."));
    box->setDefaultButton(QMessageBox::Save);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(box, &QMessageBox::finished, this, [this, then = std::move(then)](int answer) {
        if (answer == QMessageBox::Save) saveThen(then);
        if (answer == QMessageBox::Discard) then();
    });
    box->open();
}

void FileActions::askForFile(bool toSave, std::function<void(const QString&)> then) {
    auto* dialog = new QFileDialog(&m_window, toSave ? tr("Save project") : tr("Open project"));
    dialog->setObjectName(QStringLiteral("fileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(toSave ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    dialog->setFileMode(toSave ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
    dialog->setNameFilters(toSave ? QStringList{tr("Plimsoll projects (*.plimsoll)")}
                                  : QStringList{tr("Plimsoll projects (*.plimsoll)"), tr("Projects as JSON (*.json)")});
    if (toSave) {
        dialog->setDefaultSuffix(QStringLiteral("plimsoll"));
        dialog->selectFile(m_document.path().isEmpty() ? m_document.title() + QStringLiteral(".plimsoll")
                                                       : m_document.path());
    }
    connect(dialog, &QFileDialog::fileSelected, this, [then = std::move(then)](const QString& file) { then(file); });
    dialog->open();
}

void FileActions::saveThen(std::function<void()> then) {
    if (!m_document.path().isEmpty()) return saveTo(m_document.path(), then);
    askForFile(true, [this, then = std::move(then)](const QString& file) { saveTo(file, then); });
}

void FileActions::saveTo(const QString& file, const std::function<void()>& then) {
    if (const auto done = m_document.save(file); !done) return emit failed(done.error());
    remember(file);
    if (then) then();
}

} // namespace plimsoll::gui
