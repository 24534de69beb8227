// Tables and words as blocks: widths by content, heights by wrapped words, breaks only where a reader expects them.
#include "gui/report/table_blocks.h"
#include "gui/report/text_blocks.h"
#include "gui/theme/resources.h"
#include "tests/support/test_registry.h"

#include <QFontMetricsF>
#include <QtTest>

using namespace plimsoll;
using namespace plimsoll::gui::report;

namespace {

const QString kLong = QStringLiteral("Mean time from failure to repair, exponential, of one instance of the component "
                                     "that has failed; five minutes are assumed where nobody says otherwise, which is "
                                     "what a restart by an orchestrator takes with pulling of images and warming up");

std::vector<Block> twoColumns(const QString& first, const QString& second) {
    return tableBlocks({{QStringLiteral("Input")}, {QStringLiteral("Meaning")}}, {{{{first}, {second}}}});
}

std::size_t rowsOn(const Page& page) {
    return static_cast<std::size_t>(
        std::ranges::count_if(page.blocks, [](const PlacedBlock& placed) { return placed.block.repeated != nullptr; }));
}

} // namespace

class TestReportTables : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { gui::loadResources(); }

    void linesBreakBetweenWords_data() {
        QTest::addColumn<QString>("words");
        QTest::addColumn<double>("millimetres");
        QTest::addColumn<QStringList>("lines");
        const QString nbsp(QChar::Nbsp);
        QTest::newRow("one line") << "met" << 40.0 << QStringList{"met"};
        QTest::newRow("slash of a unit") << "Browse 800/s, then 40/s" << 18.0
                                         << QStringList{"Browse", "800/s, then", "40/s"};
        QTest::newRow("number and unit") << "it takes 250 ms now" << 20.0
                                         << QStringList{"it takes", "250" + nbsp + "ms now"};
        QTest::newRow("digits in groups")
            << "all 160 000 of them" << 14.0 << QStringList{"all", "160" + nbsp + "000", "of them"};
        QTest::newRow("below") << "it is < 1 % here" << 12.0
                               << QStringList{"it is", "<" + nbsp + "1" + nbsp + "%", "here"};
        QTest::newRow("a plain number and a word") << "the 3 others" << 10.0 << QStringList{"the 3", "others"};
        QTest::newRow("own lines") << "a\nb" << 40.0 << QStringList{"a", "b"};
        QTest::newRow("empty") << "" << 40.0 << QStringList{""};
    }
    void linesBreakBetweenWords() {
        QFETCH(QString, words);
        QFETCH(double, millimetres);
        QFETCH(QStringList, lines);
        QCOMPARE(wrappedLines(words, face(kTable), mm(millimetres)), lines);
    }

    void aWordTooLongIsBrokenAndNothingIsLost() {
        const QString word = QStringLiteral("Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz");
        const QFont font = face(kTable);
        const QStringList lines = wrappedLines(word, font, mm(20));
        QVERIFY(lines.size() >= 3);
        QCOMPARE(lines.join(QString()), word);
        for (const QString& line : lines) QVERIFY(QFontMetricsF(font).horizontalAdvance(line) <= mm(20));
    }

    void aColumnNarrowerThanALetterStillEnds() {
        QCOMPARE(wrappedLines(QStringLiteral("abc"), face(kTable), 1), (QStringList{"a", "b", "c"}));
        // A pair of surrogates stays together.
        QCOMPARE(wrappedLines(QStringLiteral("🚢🚢"), face(kTable), 1), (QStringList{"🚢", "🚢"}));
    }

    void rowsGrowWithTheirWords() {
        const double one = twoColumns(QStringLiteral("a"), QStringLiteral("b")).back().height;
        const std::vector<Block> blocks = twoColumns(QStringLiteral("Time to repair"), kLong);
        QCOMPARE(blocks.size(), std::size_t{2});
        const Text& words = blocks.back().texts.back();
        const auto lines = wrappedLines(kLong, words.font, words.box.width()).size();
        QVERIFY(lines >= 2);
        QVERIFY(blocks.back().height >= one + static_cast<double>(lines - 1) * kTableLine - 1);
        QVERIFY(words.box.bottom() <= blocks.back().height);
    }

    void shortColumnsDoNotWrapBecauseOfLongOnes() {
        const Block row = twoColumns(QStringLiteral("Time to repair"), kLong + kLong).back();
        QCOMPARE(wrappedLines(row.texts[0].words, row.texts[0].font, row.texts[0].box.width()).size(), 1);
    }

    void headsOfNumberColumnsWrapRatherThanWiden() {
        std::vector<TableColumn> columns{{QStringLiteral("Component")}};
        TableRow row{{{QStringLiteral("Orders DB")}}};
        for (int i = 0; i < 9; ++i) {
            columns.push_back({QStringLiteral("Offered in all, /s"), true});
            row.cells.push_back({QStringLiteral("1 712"), QStringLiteral("a")});
        }
        const std::vector<Block> blocks = tableBlocks(columns, {row});
        for (const Text& text : blocks.front().texts) {
            QVERIFY(textHeight(text) <= text.box.height() + 1);
            QVERIFY(longestWordWidth(text.words, text.font) <= text.box.width() + 1);
        }
        QVERIFY(blocks.front().height > 2 * kTableLine);
        for (const Text& text : blocks.back().texts)
            QCOMPARE(wrappedLines(text.words, text.font, text.box.width()).size(), 1);
    }

    void tablesAreAsWideAsAsked_data() {
        QTest::addColumn<double>("width");
        QTest::newRow("page") << kContentWidth;
        QTest::newRow("half") << kHalfWidth;
    }
    void tablesAreAsWideAsAsked() {
        QFETCH(double, width);
        for (const QString& words : {QStringLiteral("short"), kLong, kLong + kLong}) {
            const Block row =
                tableBlocks({{QStringLiteral("Input")}, {QStringLiteral("Value"), true}, {QStringLiteral("Meaning")}},
                            {{{{words}, {QStringLiteral("250 ms")}, {words}}}}, width)
                    .at(1);
            double right = 0;
            for (const Text& text : row.texts) right = std::max(right, text.box.right());
            QVERIFY(std::abs(right - width) < 1);
        }
    }

    void noHeadWhereNoColumnHasOne() {
        QCOMPARE(tableBlocks({{}, {}}, {{{{QStringLiteral("a")}, {QStringLiteral("b")}}}}).size(), std::size_t{1});
    }

    void aRowThatDoesNotFitMovesToTheNextPage() {
        std::vector<TableRow> rows;
        for (int i = 0; i < 40; ++i) rows.push_back({{{QString::number(i)}, {kLong + kLong}}});
        Chapter chapter{QStringLiteral("Topic"), QStringLiteral("Title"), {}};
        append(chapter.blocks, tableBlocks({{QStringLiteral("Number")}, {QStringLiteral("Meaning")}}, rows));
        const std::vector<Page> pages = paginate({chapter});
        QVERIFY(pages.size() >= 2);
        std::size_t found = 0;
        for (const Page& page : pages) {
            found += rowsOn(page);
            QVERIFY(page.blocks.back().place.bottom() <= kContentBottom);
        }
        QCOMPARE(found, rows.size());
        QCOMPARE(pages[1].blocks[0].block.texts[0].words, QStringLiteral("Number"));
    }

    /// Wherever the page ends: at least two rows below a head, and at least two at the top of the next page.
    void noRowStandsAlone() {
        for (int free = 10; free < 60; free += 2) {
            Chapter chapter{QStringLiteral("Topic"), {}, {}};
            Block filler;
            filler.height = kContentBottom - kContentTop - mm(free);
            chapter.blocks.push_back(filler);
            std::vector<TableRow> rows;
            for (int i = 0; i < 8; ++i) rows.push_back({{{QString::number(i)}, {QStringLiteral("words")}}});
            append(chapter.blocks, tableBlocks({{QStringLiteral("Number")}, {QStringLiteral("Meaning")}}, rows));
            for (const Page& page : paginate({chapter})) QVERIFY2(rowsOn(page) != 1, qPrintable(QString::number(free)));
        }
    }

    void aRowHigherThanAPageGoesOnInTheNext() {
        QString endless;
        for (int i = 0; i < 3000; ++i) endless += QStringLiteral(" word%1").arg(i);
        Chapter chapter{QStringLiteral("Topic"), QStringLiteral("Title"), {}};
        append(chapter.blocks, twoColumns(QStringLiteral("Input"), endless));
        QString printed;
        for (const Page& page : paginate({chapter}))
            for (const auto& [block, place] : page.blocks) {
                QVERIFY(place.bottom() <= kContentBottom + 1);
                for (const Text& text : block.texts) printed += QLatin1Char(' ') + text.words;
            }
        for (int i = 0; i < 3000; ++i)
            QVERIFY2(printed.contains(QStringLiteral("word%1").arg(i)), qPrintable(QString::number(i)));
    }

    void aHeadingMovesWithItsTable() {
        Chapter chapter{QStringLiteral("Topic"), QStringLiteral("Title"), {}};
        Block filler;
        filler.height = kContentBottom - kContentTop - mm(30);
        chapter.blocks.push_back(filler);
        chapter.blocks.push_back(sectionHeading(QStringLiteral("Section")));
        append(chapter.blocks, twoColumns(QStringLiteral("Input"), QStringLiteral("Meaning")));
        const std::vector<Page> pages = paginate({chapter});
        QCOMPARE(pages.size(), std::size_t{2});
        QCOMPARE(pages[1].blocks.front().block.texts.front().words, QStringLiteral("Section"));
    }
};

PLIMSOLL_TEST(TestReportTables);
#include "tst_tables.moc"
