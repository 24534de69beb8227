// The pages before they are painted: nothing is cut, nothing overlaps, nothing is missing, whatever the project.
#include "gui/report/layout.h"
#include "gui/report/page_metrics.h"
#include "gui/report/text_blocks.h"
#include "gui/theme/resources.h"
#include "models/assess/verdict.h"
#include "tests/gui/report/report_projects.h"
#include "tests/support/test_registry.h"

#include <QFontInfo>
#include <QFontMetricsF>
#include <QtTest>

using namespace plimsoll;
using namespace plimsoll::gui::report;

namespace {

constexpr double kTolerance = 1; // painter units, a twentieth of a point: rounding of sums

QString described(std::size_t page, const Text& text) {
    return QStringLiteral("page %1: \"%2\"").arg(page + 1).arg(text.words.left(80));
}

/// Why the words of `text` do not fit their box, or the box its block; empty where they do.
QString whyCut(const Text& text, const QRectF& block) {
    const QFontMetricsF metrics(text.font);
    for (const QString& line : wrappedLines(text.words, text.font, text.box.width()))
        if (metrics.horizontalAdvance(line) > text.box.width() + kTolerance)
            return QStringLiteral("a line is wider than its box");
    if (textHeight(text) > text.box.height() + kTolerance) return QStringLiteral("its lines are higher than its box");
    const QRectF room = QRectF(QPointF(), block.size()).adjusted(-kTolerance, -kTolerance, kTolerance, kTolerance);
    return room.contains(text.box) ? QString() : QStringLiteral("its box leaves the block");
}

/// The part of the box that the words cover, without what rounding may add.
QRectF drawnBox(const Text& text) {
    QRectF box = text.box;
    const double wide = std::min(box.width(), textWidth(text.words, text.font));
    if (text.alignment & Qt::AlignRight) box.setLeft(box.right() - wide);
    if (text.alignment & Qt::AlignLeft) box.setWidth(wide);
    return box.adjusted(kTolerance, kTolerance, -kTolerance, -kTolerance);
}

QString firstWords(const Block& block) {
    return block.texts.empty() ? QString() : block.texts.front().words;
}

} // namespace

class TestReportLayout : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        gui::loadResources();
        // With another face the measures below would say nothing about what is printed.
        QCOMPARE(QFontInfo(face(kText)).family(), QStringLiteral("Open Sans"));
    }

    void nothingIsCut_data() { tests::addCases(); }
    void nothingIsCut() {
        QFETCH(QString, name);
        QVERIFY(tests::solvedCase(name)->assessment.solved);
        const auto& pages = tests::pagesOfCase(name);
        for (std::size_t i = 0; i < pages.size(); ++i)
            for (const auto& [block, place] : pages[i].blocks)
                for (const Text& text : block.texts)
                    if (const QString why = whyCut(text, place); !why.isEmpty())
                        QFAIL(qPrintable(described(i, text) + QStringLiteral(": ") + why));
    }

    void nothingIsElided_data() { tests::addCases(); }
    void nothingIsElided() {
        QFETCH(QString, name);
        QVERIFY(!tests::wordsOf(tests::pagesOfCase(name)).contains(QChar(0x2026)));
    }

    void wordsDoNotOverlap_data() { tests::addCases(); }
    void wordsDoNotOverlap() {
        QFETCH(QString, name);
        const auto& pages = tests::pagesOfCase(name);
        for (std::size_t i = 0; i < pages.size(); ++i)
            for (const auto& placed : pages[i].blocks) {
                const auto& texts = placed.block.texts;
                std::vector<QRectF> drawn;
                for (const Text& text : texts) drawn.push_back(drawnBox(text));
                for (std::size_t a = 0; a < texts.size(); ++a)
                    for (std::size_t b = a + 1; b < texts.size(); ++b)
                        if (drawn[a].intersects(drawn[b]))
                            QFAIL(qPrintable(described(i, texts[a]) + QStringLiteral(" and ") + texts[b].words));
            }
    }

    void blocksLieInsideThePageOneBelowTheOther_data() { tests::addCases(); }
    void blocksLieInsideThePageOneBelowTheOther() {
        QFETCH(QString, name);
        const auto& pages = tests::pagesOfCase(name);
        for (const Page& page : pages) {
            double bottom = kContentTop;
            for (std::size_t i = 1; i < page.blocks.size(); ++i) { // 0 is the frame
                const QRectF& place = page.blocks[i].place;
                QVERIFY2(place.top() >= bottom - kTolerance, qPrintable(firstWords(page.blocks[i].block)));
                QVERIFY2(place.bottom() <= kContentBottom + kTolerance, qPrintable(firstWords(page.blocks[i].block)));
                QCOMPARE(place.left(), kMargin);
                bottom = place.bottom();
            }
            QVERIFY(page.blocks.size() > 1);
        }
    }

    void noHeadingStandsAtTheFoot_data() { tests::addCases(); }
    void noHeadingStandsAtTheFoot() {
        QFETCH(QString, name);
        for (const Page& page : tests::pagesOfCase(name))
            QVERIFY2(!page.blocks.back().block.keepWithNext, qPrintable(firstWords(page.blocks.back().block)));
    }

    void tablesRepeatTheirHead() {
        const auto solved = tests::solvedCase(QStringLiteral("60 components"));
        int continued = 0;
        for (const Page& page : tests::pagesOfCase(QStringLiteral("60 components"))) {
            if (page.blocks.size() < 3 || page.beginsChapter) continue;
            const Block& second = page.blocks[2].block;
            if (!second.repeated || page.blocks[1].block.repeated) continue;
            QCOMPARE(firstWords(page.blocks[1].block), firstWords(*second.repeated));
            ++continued;
        }
        QVERIFY(continued >= 3);
    }

    /// A row whose group is named rows above names it again where it begins a page.
    void groupsAreNamedAgain() {
        const auto solved = tests::solvedCase(QStringLiteral("60 components"));
        int continued = 0;
        for (const Page& page : tests::pagesOfCase(QStringLiteral("60 components"))) {
            if (page.topic != QStringLiteral("Assumptions") || page.blocks.size() < 3) continue;
            if (firstWords(page.blocks[1].block) != QStringLiteral("Component")) continue;
            QVERIFY2(firstWords(page.blocks[2].block).startsWith(QStringLiteral("Service number")) ||
                         document::findComponent(*solved->project.scenarios.front(), "db")->name ==
                             firstWords(page.blocks[2].block).toStdString(),
                     qPrintable(firstWords(page.blocks[2].block)));
            ++continued;
        }
        QVERIFY(continued >= 2);
    }

    void everyPageSaysWhichItIs_data() { tests::addCases(); }
    void everyPageSaysWhichItIs() {
        QFETCH(QString, name);
        const auto& pages = tests::pagesOfCase(name);
        for (std::size_t i = 0; i < pages.size(); ++i) {
            const Block& frame = pages[i].blocks.front().block;
            const QString wanted = QStringLiteral("%1 of %2").arg(i + 1).arg(pages.size());
            QVERIFY2(std::ranges::any_of(frame.texts, [&](const Text& text) { return text.words == wanted; }),
                     qPrintable(wanted));
        }
    }

    void everyNameIsThere_data() { tests::addCases(); }
    void everyNameIsThere() {
        QFETCH(QString, name);
        const auto solved = tests::solvedCase(name);
        const QString words = tests::wordsOf(tests::pagesOfCase(name));
        const auto check = [&](const std::string& wanted) {
            QVERIFY2(words.contains(tests::plain(QString::fromStdString(wanted))), wanted.c_str());
        };
        check(solved->project.name);
        check(solved->project.scenarios.front()->name);
        check(assess::verdict(solved->project, solved->assessment));
        for (const auto& component : solved->project.scenarios.front()->components)
            if (name != QStringLiteral("endless texts")) check(component->name); // there a page ends inside one
        for (const auto& requestClass : solved->project.classes) check(requestClass.name);
        for (const auto& target : solved->project.targets) check(assess::targetName(solved->project, target));
        for (const auto& problem : solved->assessment.problems) check(problem.message);
    }

    void everyWordOfEndlessTextsIsThere() {
        const QString words = tests::wordsOf(tests::pagesOfCase(QStringLiteral("endless texts")));
        for (int i = 0; i < tests::kEndlessWords; ++i) {
            QVERIFY2(words.contains(QStringLiteral("word%1").arg(i)), qPrintable(QString::number(i)));
            QVERIFY2(words.contains(QStringLiteral("and%1").arg(i)), qPrintable(QString::number(i)));
        }
    }

    void coverShowsTargetsAndWhatFillsFirst() {
        const auto solved = tests::solved(tests::webShop());
        const auto pages = layOut(solved->source());
        const QString cover = tests::wordsOf({pages.front()});
        for (const char* wanted : {"Targets", "Browse p99", "Checkout p99", "Checkout errors", "What fills first"})
            QVERIFY2(cover.contains(QLatin1String(wanted)), wanted);
        QVERIFY(pages.front().blocks.back().place.bottom() > kPageHeight * 3 / 4);
        QVERIFY(!pages[1].topic.startsWith(pages[0].topic));
    }

    void oneOfAThingIsNotPlural() {
        auto project = tests::webShop();
        project.targets.resize(1);
        const auto solved = tests::solved(project);
        const QString words = tests::wordsOf(layOut(solved->source()));
        QVERIFY(words.contains(QStringLiteral("The target is met at this load")));
        QVERIFY(!words.contains(QStringLiteral("1 targets")));
        QVERIFY(!words.contains(QStringLiteral("(s)")));
    }

    /// A column whose head says "/s" holds numbers a second, however slow or fast.
    void ratesKeepTheUnitOfTheirColumn() {
        auto project = tests::webShop();
        project.classes[0].load = document::OpenLoad{.rate = PerSecond{0.05}};
        project.classes[1].load = document::OpenLoad{.rate = PerSecond{0.001}};
        const auto solved = tests::solved(project);
        const auto pages = layOut(solved->source());
        const auto rowOf = [&](const QString& head) {
            for (const Page& page : pages)
                if (page.topic == QStringLiteral("Figures"))
                    for (const auto& placed : page.blocks)
                        if (firstWords(placed.block) == head) return placed.block.texts.at(1).words;
            return QString();
        };
        QCOMPARE(rowOf(QStringLiteral("Browse")), QStringLiteral("0.0500"));
        QCOMPARE(rowOf(QStringLiteral("Checkout")), QStringLiteral("0.00100"));
    }

    void aLargeDrawingHasItsPage() {
        const auto topics = [](const std::vector<Page>& pages) {
            QStringList list;
            for (const Page& page : pages)
                if (page.beginsChapter) list << page.topic;
            return list;
        };
        const auto small = tests::solved(tests::webShop()), large = tests::solved(tests::manyComponents(60));
        QVERIFY(!topics(layOut(small->source())).contains(QStringLiteral("Drawing")));
        QVERIFY(topics(layOut(large->source())).contains(QStringLiteral("Drawing")));
    }
};

PLIMSOLL_TEST(TestReportLayout);
#include "tst_layout.moc"
