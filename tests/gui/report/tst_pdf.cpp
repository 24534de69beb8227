// The written file: A4, searchable, with an outline, the same bytes for the same project, and nothing left by a
// failure.
#include "gui/report/layout.h"
#include "gui/report/report.h"
#include "gui/theme/resources.h"
#include "models/assess/verdict.h"
#include "tests/gui/report/report_projects.h"
#include "tests/support/test_registry.h"

#define POINTERHOLDER_TRANSITION 4
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

using namespace plimsoll;
using namespace plimsoll::gui::report;

namespace {

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestReportPdf : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    QString pathOf(const QString& name) const { return m_folder.filePath(name); }
    /// Writes the report; empty where that failed.
    QByteArray written(const Source& source, const QString& name = QStringLiteral("report.pdf")) const {
        return writeReport(source, pathOf(name)) ? contentOf(pathOf(name)) : QByteArray();
    }
    /// What a reader's search sees, page by page.
    static QStringList searchable(const QString& path) {
        QProcess process;
        process.start(QStringLiteral("pdftotext"), {QStringLiteral("-raw"), path, QStringLiteral("-")});
        if (!process.waitForFinished(60000) || process.exitCode() != 0) return {};
        QStringList pages = QString::fromUtf8(process.readAllStandardOutput()).split(QLatin1Char('\f'));
        pages.removeLast();
        for (QString& page : pages) page = tests::plain(page);
        return pages;
    }

private slots:
    void initTestCase() {
        gui::loadResources();
        QVERIFY(m_folder.isValid());
    }

    void pagesAreA4_data() { tests::addCases(); }
    void pagesAreA4() {
        QFETCH(QString, name);
        const auto solved = tests::solvedCase(name);
        QVERIFY(!written(solved->source()).isEmpty());
        QPDF pdf;
        pdf.processFile(pathOf(QStringLiteral("report.pdf")).toUtf8().constData());
        QCOMPARE(pdf.getAllPages().size(), tests::pagesOfCase(name).size());
        for (QPDFObjectHandle page : pdf.getAllPages()) {
            auto box = page.getKey("/MediaBox");
            QVERIFY(std::abs(box.getArrayItem(2).getNumericValue() - 595.3) < 1); // 210 mm in points
            QVERIFY(std::abs(box.getArrayItem(3).getNumericValue() - 841.9) < 1); // 297 mm
        }
    }

    void textCanBeSearched_data() { tests::addCases(); }
    void textCanBeSearched() {
        QFETCH(QString, name);
        const auto solved = tests::solvedCase(name);
        QVERIFY(!written(solved->source()).isEmpty());
        const QStringList pages = searchable(pathOf(QStringLiteral("report.pdf")));
        QVERIFY2(!pages.isEmpty(), "pdftotext (package poppler-utils) gave no text");
        for (qsizetype i = 0; i < pages.size(); ++i)
            QVERIFY(pages[i].contains(QStringLiteral("%1 of %2").arg(i + 1).arg(pages.size())));
        // Lines inside a long word have no space between them.
        const QString all = QString(pages.join(QLatin1Char(' '))).remove(QLatin1Char(' '));
        const auto check = [&](const std::string& wanted) {
            QVERIFY2(all.contains(tests::plain(QString::fromStdString(wanted)).remove(QLatin1Char(' '))),
                     wanted.c_str());
        };
        check(solved->project.name);
        for (const auto& component : solved->project.scenarios.front()->components)
            if (name != QStringLiteral("endless texts")) check(component->name);
        for (const auto& requestClass : solved->project.classes) check(requestClass.name);
        for (const auto& target : solved->project.targets) check(assess::targetName(solved->project, target));
    }

    void outlineNamesTheChapters() {
        const auto solved = tests::solved(tests::webShop());
        QVERIFY(!written(solved->source()).isEmpty());
        QPDF pdf;
        pdf.processFile(pathOf(QStringLiteral("report.pdf")).toUtf8().constData());
        QStringList titles;
        std::vector<int> pages;
        for (auto item = pdf.getRoot().getKey("/Outlines").getKey("/First"); item.isDictionary();
             item = item.getKey("/Next")) {
            titles << QString::fromStdString(item.getKey("/Title").getUTF8Value());
            auto destination = item.getKey("/Dest").getArrayItem(0).getObjGen();
            for (std::size_t i = 0; i < pdf.getAllPages().size(); ++i)
                if (pdf.getAllPages()[i].getObjGen() == destination) pages.push_back(static_cast<int>(i));
        }
        QCOMPARE(titles, (QStringList{"Capacity report", "Figures", "Load", "Assumptions", "Method"}));
        QCOMPARE(pages.size(), std::size_t{5});
        QVERIFY(std::ranges::is_sorted(pages) && pages.front() == 0);
        const auto laidOut = layOut(solved->source());
        for (std::size_t i = 0; i < pages.size(); ++i)
            QCOMPARE(laidOut[static_cast<std::size_t>(pages[i])].topic, titles[static_cast<qsizetype>(i)]);
    }

    void titleLanguageAndDateAreSet() {
        const auto solved = tests::solved(tests::webShop());
        QVERIFY(!written(solved->source(QDate(2026, 2, 3))).isEmpty());
        QPDF pdf;
        pdf.processFile(pathOf(QStringLiteral("report.pdf")).toUtf8().constData());
        auto info = pdf.getTrailer().getKey("/Info");
        QCOMPARE(info.getKey("/Title").getUTF8Value(), std::string("Web shop: capacity report"));
        QCOMPARE(info.getKey("/CreationDate").getUTF8Value(), std::string("D:20260203000000Z"));
        QCOMPARE(pdf.getRoot().getKey("/Lang").getUTF8Value(), std::string("en"));
        QVERIFY(searchable(pathOf(QStringLiteral("report.pdf"))).first().contains(QStringLiteral("3 February 2026")));
    }

    void sameProjectSameBytes_data() { tests::addCases(); }
    void sameProjectSameBytes() {
        QFETCH(QString, name);
        const auto once = tests::solvedCase(name);
        const tests::Solved again = *once; // at other addresses
        const QByteArray first = written(once->source());
        QVERIFY(!first.isEmpty());
        // A clock that was read would show: PDF dates have seconds.
        if (name == QStringLiteral("web shop")) QTest::qWait(1100);
        QCOMPARE(written(again.source(), QStringLiteral("again.pdf")), first);
    }

    void anotherDayAnotherFile() {
        const auto solved = tests::solved(tests::webShop());
        QVERIFY(written(solved->source(QDate(2026, 2, 3))) != written(solved->source(QDate(2026, 2, 4))));
    }

    void failureGivesOneLineAndNoFile_data() {
        QTest::addColumn<QString>("path");
        QDir(m_folder.path()).mkdir(QStringLiteral("folder"));
        QFile file(pathOf(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QTest::newRow("a folder") << pathOf(QStringLiteral("folder"));
        QTest::newRow("in no folder") << pathOf(QStringLiteral("nowhere/report.pdf"));
        QTest::newRow("below a file") << pathOf(QStringLiteral("file/report.pdf"));
        QTest::newRow("no name") << QString();
    }
    void failureGivesOneLineAndNoFile() {
        QFETCH(QString, path);
        const QStringList before = QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
        const auto solved = tests::solved(tests::webShop());
        const auto result = writeReport(solved->source(), path);
        QVERIFY(!result);
        const QString message = QString::fromStdString(document::text(result.error()));
        QVERIFY2(message.contains(QStringLiteral("cannot be written")), qPrintable(message));
        QVERIFY2(message.contains(path), qPrintable(message));
        QVERIFY2(!message.contains(QLatin1Char('\n')), qPrintable(message));
        QCOMPARE(QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), before);
        QVERIFY(path.isEmpty() || !QFileInfo(path).isFile());
    }

    void emptyProjectIsRefusedAndTheOldFileStays() {
        const QString path = pathOf(QStringLiteral("old.pdf"));
        QFile old(path);
        QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
        old.close();
        const auto solved = tests::solved(document::emptyProject("Empty"));
        QVERIFY(!solved->assessment.solved);
        const auto result = writeReport(solved->source(), path);
        QVERIFY(!result);
        QVERIFY(QString::fromStdString(result.error().message).contains(QStringLiteral("no figures")));
        QCOMPARE(contentOf(path), QByteArray("old"));
    }
};

PLIMSOLL_TEST(TestReportPdf);
#include "tst_pdf.moc"
