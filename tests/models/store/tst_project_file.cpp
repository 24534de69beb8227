#include "models/store/database.h"
#include "models/store/project_file.h"
#include "models/store/project_store.h"
#include "models/store/schema.h"
#include "tests/support/random_project.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <SQLiteCpp/SQLiteCpp.h>

#include <csignal>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace plimsoll;
namespace fs = std::filesystem;

namespace {

std::string bytesOf(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}
void write(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

document::Project named(const std::string& name) {
    return document::emptyProject(name);
}

/// The project of the fixture of format version 1, which stays as it is for ever.
document::Project fixtureProject() {
    return tests::RandomProject(2026).make();
}
const std::string kFixture = std::string(PLIMSOLL_TEST_DATA) + "/store/version-1.plimsoll";

} // namespace

class TestProjectFile : public QObject {
    Q_OBJECT
private slots:
    void init();
    void readsWhatItWrites();
    void sameBytesForTheSameProject();
    void isASqliteFile();
    void readsTheFixtureOfVersion1();
    void refusesToLoad_data();
    void refusesToLoad();
    void refusesToSave_data();
    void refusesToSave();
    void refusesWhatIsNoProject_data();
    void refusesWhatIsNoProject();
    void keepsPermissionsAndLinks();
    void leavesNothingBehind();
    void migratesOlderVersions();
    void needsEveryStep();
    void survivesEveryCutAndFlip();
    void survivesAKill();

private:
    fs::path at(const std::string& name) const { return fs::path(m_folder->path().toStdString()) / name; }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestProjectFile::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestProjectFile::readsWhatItWrites() {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        const auto project = tests::RandomProject(seed).make();
        const auto saved = store::save(project, at("p.plimsoll"));
        QVERIFY2(saved, saved ? "" : document::text(saved.error()).c_str());
        const auto again = store::load(at("p.plimsoll"));
        QVERIFY2(again, again ? "" : document::text(again.error()).c_str());
        QVERIFY2(*again == project, std::to_string(seed).c_str());
    }
}

void TestProjectFile::sameBytesForTheSameProject() {
    const auto project = tests::RandomProject(1).make();
    QVERIFY(store::save(project, at("a.plimsoll")) && store::save(project, at("b.plimsoll")));
    QVERIFY(bytesOf(at("a.plimsoll")) == bytesOf(at("b.plimsoll")));
}

void TestProjectFile::isASqliteFile() {
    QVERIFY(store::save(tests::RandomProject(3).make(), at("p.plimsoll")));
    SQLite::Database database(at("p.plimsoll").string());
    QCOMPARE(database.execAndGet("PRAGMA application_id").getInt(), store::kApplicationId);
    QCOMPARE(database.execAndGet("PRAGMA user_version").getInt(), store::kFormatVersion);
    QCOMPARE(database.execAndGet("PRAGMA integrity_check").getString(), std::string("ok"));
    for (const store::Table& table : store::kTables) QVERIFY(database.tableExists(std::string(table.name)));
}

void TestProjectFile::readsTheFixtureOfVersion1() {
    if (qEnvironmentVariableIsSet("PLIMSOLL_WRITE_FIXTURE")) QVERIFY(store::save(fixtureProject(), kFixture));
    const std::string before = bytesOf(kFixture);
    const auto project = store::load(kFixture);
    QVERIFY2(project, project ? "" : document::text(project.error()).c_str());
    QVERIFY(project->scenarios.size() >= 1 && project->scenarios[0]->components.size() >= 1);
    QVERIFY(bytesOf(kFixture) == before);
}

void TestProjectFile::refusesToLoad_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    const std::string good = store::toBytes(named("p"), store::currentFormat());
    const auto row = [](const char* name, const std::string& bytes, const char* says) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << says;
    };
    const auto patched = [&](std::size_t offset, char value) {
        std::string bytes = good;
        bytes[offset] = value;
        return bytes;
    };
    row("empty", "", "is empty");
    row("text", "Dear diary, today I drew an architecture.\n", "is not a Plimsoll project (not a SQLite file)");
    row("long text", std::string(5000, 'x'), "is not a Plimsoll project (not a SQLite file)");
    row("head only", good.substr(0, 16), "is cut short");
    row("half a head", good.substr(0, 50), "is cut short");
    row("a page", good.substr(0, 4096), "is cut short");
    row("half", good.substr(0, good.size() / 2), "is cut short");
    row("one byte short", good.substr(0, good.size() - 1), "is cut short");
    row("another program", patched(70, 0), "is a SQLite file of another program");
    row("newer", patched(63, 2), "is of format version 2, newer than 1");
    row("much newer", patched(60, 0x7f), "newer than 1");
    row("older than any", patched(63, 0), "is of format version 0; the oldest that this version reads is 1");
    std::string garbage = good;
    for (std::size_t i = 4096; i < garbage.size(); ++i) garbage[i] = static_cast<char>(i * 7);
    row("garbage pages", garbage, "is damaged");
}

void TestProjectFile::refusesToLoad() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    const fs::path path = at("bad.plimsoll");
    write(path, bytes.toStdString());
    const auto project = store::load(path);
    QVERIFY(!project);
    const QString line = QString::fromStdString(document::text(project.error()));
    QVERIFY2(line.startsWith(QString::fromStdString(path.string()) + ": ") && line.contains(says), qPrintable(line));
    QVERIFY2(!line.contains('\n'), qPrintable(line));
    QVERIFY(bytesOf(path) == bytes.toStdString());
    QCOMPARE(std::distance(fs::directory_iterator(path.parent_path()), fs::directory_iterator()), 1);
}

void TestProjectFile::refusesToSave_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("says");
    QTest::newRow("directory") << "folder" << "is a directory";
    QTest::newRow("read-only file") << "read-only.plimsoll" << "is read-only";
    QTest::newRow("read-only folder") << "closed/p.plimsoll" << "is read-only";
    QTest::newRow("no folder") << "nowhere/p.plimsoll" << "there is no folder";
    QTest::newRow("text") << "text.plimsoll" << "it is not overwritten";
    QTest::newRow("empty file") << "empty.plimsoll" << "it is not overwritten";
    QTest::newRow("another program's") << "other.sqlite" << "it is not overwritten";
    QTest::newRow("newer") << "newer.plimsoll" << "it is not overwritten";
    QTest::newRow("pipe") << "pipe" << "is not a regular file";
    QTest::newRow("no name") << "folder/" << "is not the name of a file";
}

void TestProjectFile::refusesToSave() {
    QFETCH(QString, name);
    QFETCH(QString, says);
    const std::string good = store::toBytes(named("old"), store::currentFormat());
    fs::create_directory(at("folder"));
    fs::create_directory(at("closed"));
    write(at("read-only.plimsoll"), good);
    write(at("text.plimsoll"), "text");
    write(at("empty.plimsoll"), "");
    std::string other = good, newer = good;
    other[70] = 0;
    newer[63] = 9;
    write(at("other.sqlite"), other);
    write(at("newer.plimsoll"), newer);
    QCOMPARE(::mkfifo(at("pipe").c_str(), 0600), 0);
    fs::permissions(at("read-only.plimsoll"), fs::perms::owner_read);
    fs::permissions(at("closed"), fs::perms::owner_read | fs::perms::owner_exec);

    const fs::path path = at(name.toStdString());
    const bool isFile = fs::is_regular_file(path);
    const std::string before = isFile ? bytesOf(path) : "";
    const auto saved = store::save(named("new"), path);
    fs::permissions(at("closed"), fs::perms::owner_all);
    QVERIFY(!saved);
    const QString line = QString::fromStdString(document::text(saved.error()));
    QVERIFY2(line.contains(says) && !line.contains('\n'), qPrintable(line));
    QCOMPARE(fs::is_regular_file(path), isFile);
    if (isFile) QVERIFY(bytesOf(path) == before);
    QVERIFY(fs::is_empty(at("folder")) && fs::is_empty(at("closed")));
}

void TestProjectFile::refusesWhatIsNoProject_data() {
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("says");
    QTest::newRow("table gone") << "DROP TABLE links" << "table links is missing";
    QTest::newRow("table more") << "CREATE TABLE extra (x)" << "table extra is not known";
    QTest::newRow("view") << "CREATE VIEW v AS SELECT 1" << "view v is not known";
    QTest::newRow("no project") << "DELETE FROM project" << "table project: is empty";
    QTest::newRow("two projects") << "INSERT INTO project VALUES ('a', 'b')" << "more than one row";
    QTest::newRow("no scenario") << "DELETE FROM scenarios" << "scenario";
    QTest::newRow("orphan")
        << "INSERT INTO parameters (scenario_id, component_id, key, kind) VALUES ('today', 'x', 'k', 'words')"
        << "there is no component \"x\"";
    QTest::newRow("component of nothing") << "INSERT INTO components (scenario_id, position, id, type, name, x, y) "
                                             "VALUES ('x', 0, 'a', 'service', 'A', 0, 0)"
                                          << "there is no scenario \"x\"";
    QTest::newRow("unknown type") << "INSERT INTO components (scenario_id, position, id, type, name, x, y) VALUES "
                                     "('today', 0, 'a', 'fax', 'A', 0, 0)"
                                  << "there is no component type \"fax\"";
    QTest::newRow("link to nothing")
        << "INSERT INTO links (scenario_id, position, from_id, to_id, calls, writes, mode, cancel, request_bytes, "
           "response_bytes, protocol) VALUES ('today', 0, 'a', 'b', 1, 0, 'sync', 0, 0, 0, 'http')"
        << "there is no component \"a\"";
    QTest::newRow("metric") << "INSERT INTO targets VALUES (0, NULL, 'speed', 1, 1)" << "\"speed\" is not a word";
    QTest::newRow("bound") << "INSERT INTO targets VALUES (0, NULL, 'load_factor', 1, -1)" << "-1 is not 0 or more";
    QTest::newRow("infinite") << "INSERT INTO targets VALUES (0, NULL, 'load_factor', 1, 9e999)"
                              << "inf is not 0 or more";
    QTest::newRow("class") << "INSERT INTO classes (position, id, name, from_id, rate_per_s, scv, batch) VALUES (0, "
                              "'k', 'K', 'u', -1, 1, 1)"
                           << "no scenario has a component";
    QTest::newRow("columns") << "ALTER TABLE targets RENAME COLUMN bound TO limit_" << "bound";
    QTest::newRow("name") << "UPDATE project SET name = CAST(x'ff' AS TEXT)" << "is not UTF-8";
}

void TestProjectFile::refusesWhatIsNoProject() {
    QFETCH(QString, sql);
    QFETCH(QString, says);
    const fs::path path = at("p.plimsoll");
    QVERIFY(store::save(named("p"), path));
    SQLite::Database(path.string(), SQLite::OPEN_READWRITE).exec(sql.toStdString());
    const auto project = store::load(path);
    QVERIFY(!project);
    const QString line = QString::fromStdString(document::text(project.error()));
    QVERIFY2(line.contains(says) && !line.contains('\n'), qPrintable(line));
}

void TestProjectFile::keepsPermissionsAndLinks() {
    const fs::path path = at("p.plimsoll");
    QVERIFY(store::save(named("one"), path));
    fs::permissions(path, fs::perms(0640));
    fs::create_symlink(path, at("link.plimsoll"));
    QVERIFY(store::save(named("two"), at("link.plimsoll")));
    QVERIFY(fs::is_symlink(at("link.plimsoll")));
    QCOMPARE(store::load(path)->name, std::string("two"));
    QVERIFY(fs::status(path).permissions() == fs::perms(0640));
}

void TestProjectFile::leavesNothingBehind() {
    QVERIFY(store::save(named("one"), at("p.plimsoll")) && store::save(named("two"), at("p.plimsoll")));
    QCOMPARE(std::distance(fs::directory_iterator(at("")), fs::directory_iterator()), 1);
    const auto missing = store::load(at("q.plimsoll"));
    QVERIFY(!missing && document::text(missing.error()).ends_with("there is no such file"));
    fs::permissions(at("p.plimsoll"), fs::perms::none);
    const auto closed = store::load(at("p.plimsoll"));
    QVERIFY(!closed && document::text(closed.error()).find("no permission") != std::string::npos);
    QVERIFY(!store::load(at("")));
    auto bad = named("bad");
    bad.scenarios.clear();
    QVERIFY(!store::save(bad, at("bad.plimsoll")) && !fs::exists(at("bad.plimsoll")));
}

// An imagined version 2, whose only difference is that names got a mark, over the real fixture of version 1.
void TestProjectFile::migratesOlderVersions() {
    static constexpr store::MigrationStep steps[] = {
        {0, [](SQLite::Database& database) { database.exec("ALTER TABLE project RENAME COLUMN title TO name"); }},
        {1, [](SQLite::Database& database) { database.exec("UPDATE project SET name = name || ' (migrated)'"); }}};
    const store::Format second{2, steps};
    const fs::path path = at("p.plimsoll");
    QVERIFY(store::save(named("old"), path));
    const std::string before = bytesOf(path);
    const auto migrated = store::load(path, second);
    QVERIFY2(migrated, migrated ? "" : document::text(migrated.error()).c_str());
    QCOMPARE(migrated->name, std::string("old (migrated)"));
    QVERIFY(bytesOf(path) == before); // reading changes nothing

    QVERIFY(store::save(*migrated, path, second));
    QVERIFY(bytesOf(at("p.v1.plimsoll")) == before); // the backup
    QCOMPARE(store::load(path, second)->name, std::string("old (migrated)"));
    QVERIFY(!store::load(path)); // newer than the present format
    QVERIFY(store::save(*migrated, path, second));
    QVERIFY(!fs::exists(at("p.v1-2.plimsoll"))); // no backup of the present version

    write(path, before);
    QVERIFY(store::save(*migrated, path, second));
    QVERIFY(fs::exists(at("p.v1-2.plimsoll"))); // an earlier backup is never lost

    write(path, before); // and a version 0, two steps away
    SQLite::Database(path.string(), SQLite::OPEN_READWRITE)
        .exec("ALTER TABLE project RENAME COLUMN name TO title; PRAGMA user_version = 0");
    const auto twice = store::load(path, second);
    QVERIFY2(twice, twice ? "" : document::text(twice.error()).c_str());
    QCOMPARE(twice->name, std::string("old (migrated)"));

    const auto fixture = store::load(kFixture, second);
    QVERIFY(fixture && fixture->name.ends_with("(migrated)"));
}

void TestProjectFile::needsEveryStep() {
    static constexpr store::MigrationStep onlyLast[] = {{2, [](SQLite::Database&) {}}};
    QCOMPARE(store::oldestReadable({3, onlyLast}), 2);
    QCOMPARE(store::oldestReadable(store::currentFormat()), 1);
    const auto project = store::load(kFixture, {3, onlyLast});
    QVERIFY(!project && project.error().message.find("the oldest that this version reads is 2") != std::string::npos);
    static constexpr store::MigrationStep failing[] = {
        {1, [](SQLite::Database& database) { database.exec("DROP TABLE nowhere"); }}};
    QVERIFY(!store::load(kFixture, {2, failing}));
}

void TestProjectFile::survivesEveryCutAndFlip() {
    const std::string good = store::toBytes(tests::RandomProject(5).make(), store::currentFormat());
    const store::Format format = store::currentFormat();
    for (std::size_t size = 0; size < good.size(); size += 509)
        QVERIFY(!store::fromBytes(good.substr(0, size), format));
    std::mt19937_64 random(11);
    for (int i = 0; i < 150; ++i) {
        std::string bytes = good;
        for (int flips = 0; flips < 3; ++flips) bytes[random() % bytes.size()] = static_cast<char>(random());
        const auto project = store::fromBytes(bytes, format); // either answer, but an answer
        if (!project) QVERIFY(!project.error().message.empty());
    }
}

void TestProjectFile::survivesAKill() {
    const fs::path path = at("p.plimsoll");
    const auto one = tests::RandomProject(21).make(), two = tests::RandomProject(22).make();
    QVERIFY(store::save(one, path));
    for (int round = 0; round < 8; ++round) {
        const pid_t child = ::fork();
        if (child == 0) {
            for (int i = 0; i < 100'000; ++i) (void)store::save(i % 2 ? one : two, path);
            ::_exit(0);
        }
        QVERIFY(child > 0);
        ::usleep(static_cast<useconds_t>(5'000 + 3'777 * round));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        const auto project = store::load(path);
        QVERIFY2(project, project ? "" : document::text(project.error()).c_str());
        QVERIFY(*project == one || *project == two);
    }
}

PLIMSOLL_TEST(TestProjectFile);
#include "tst_project_file.moc"
