// The program as a person or a script runs it: exit status, stdout, one line on stderr.
#include "tests/support/test_registry.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

namespace {

struct Outcome {
    int status = -1;
    QByteArray out, err;
    bool oneLine() const { return err.startsWith("plimsoll: ") && err.count('\n') == 1 && err.endsWith('\n'); }
};

Outcome run(const QStringList& arguments, const QByteArray& input = {}) {
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("QT_QPA_PLATFORM"));
    environment.remove(QStringLiteral("DISPLAY"));
    environment.remove(QStringLiteral("WAYLAND_DISPLAY"));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(PLIMSOLL_PROGRAM), arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(120000)) return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

QJsonObject json(const Outcome& outcome) {
    return QJsonDocument::fromJson(outcome.out).object();
}

const QByteArray kTiny = R"({"format_version": 1, "name": "Tiny",
  "classes": [{"id": "k", "from": "u", "rate_per_s": 50}],
  "scenarios": [{"id": "s", "components": [{"id": "u", "type": "clients", "parameters": {"rtt_s": 0}},
     {"id": "a", "type": "service", "parameters": {"instances": 1, "vcpus": 1, "discipline": "fcfs", "cpu_s": 0.01, "cpu_scv": 1}}],
     "links": [{"from": "u", "to": "a"}]}]})";

QByteArray deeplyNested(int levels) {
    return QByteArray(levels, '[') + QByteArray(levels, ']');
}

QByteArray withComponents(int count) {
    QByteArray text = R"({"name": "Big", "scenarios": [{"id": "s", "components": [)";
    for (int i = 0; i < count; ++i)
        text += (i ? "," : "") + QByteArray(R"({"id": "c)") + QByteArray::number(i) + R"(", "type": "service"})";
    return text + "]}]}";
}

} // namespace

class TestCommandLine : public QObject {
    Q_OBJECT
private slots:
    void helpForEachCommand_data() {
        QTest::addColumn<QString>("command");
        for (const char* name : {"solve", "simulate", "validate", "report", "templates", "new", "export", "import",
                                 "set", "types", "calc", "balance", "queue"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void helpForEachCommand() {
        QFETCH(QString, command);
        const auto outcome = run({command, QStringLiteral("--help")});
        QCOMPARE(outcome.status, 0);
        QVERIFY(outcome.out.contains("Usage: plimsoll " + command.toLatin1()));
        QVERIFY(outcome.err.isEmpty());
        QVERIFY(run({QStringLiteral("--help")}).out.contains(command.toLatin1()));
    }

    void theWebShopSolvesAndItsTargetsAreMet() {
        const auto table = run({QStringLiteral("solve"), QStringLiteral("template:web-shop")});
        QCOMPARE(table.status, 0);
        QVERIFY(table.out.contains("meets"));
        QVERIFY(!table.out.contains("nan") && !table.out.contains("inf"));
        const auto answer =
            json(run({QStringLiteral("solve"), QStringLiteral("template:web-shop"), QStringLiteral("--json")}));
        for (const char* key :
             {"format_version", "project", "scenario", "load_factor", "regime", "classes", "components", "bottleneck",
              "saturation_load_factor", "safe_load_factor", "usd_per_month", "targets", "problems"})
            QVERIFY2(answer.contains(QLatin1String(key)), key);
        QVERIFY(answer["usd_per_month"].isNull());
        QVERIFY(!answer["targets"].toArray().isEmpty());
        for (const auto target : answer["targets"].toArray()) QVERIFY(target.toObject()["met"].toBool());
    }

    void simulateSetsTheSolverBeside() {
        const QStringList words{QStringLiteral("simulate"),   QStringLiteral("template:web-shop"),
                                QStringLiteral("--requests"), QStringLiteral("20000"),
                                QStringLiteral("--seed"),     QStringLiteral("3")};
        const auto table = run(words);
        QCOMPARE(table.status, 0);
        QVERIFY2(table.out.contains("Browse") && table.out.contains("95 % interval"), table.out);
        const auto parsed = json(run(words + QStringList{QStringLiteral("--json")}));
        QCOMPARE(parsed[QLatin1String("requests")].toInt(), 20000);
        for (const char* side : {"simulated", "solved"})
            QCOMPARE(parsed[QLatin1String(side)].toObject()[QLatin1String("classes")].toArray().size(), 2);
        const auto browse = parsed[QLatin1String("simulated")].toObject()[QLatin1String("classes")].toArray()[0];
        QCOMPARE(browse.toObject()[QLatin1String("p99_interval_s")].toArray().size(), 2);
        QCOMPARE(run(words + QStringList{QStringLiteral("--threads"), QStringLiteral("1")}).out, table.out);
    }

    void validatePrintsAFamily() {
        const auto outcome = run({QStringLiteral("validate"), QStringLiteral("--family"), QStringLiteral("chain"),
                                  QStringLiteral("--models"), QStringLiteral("1"), QStringLiteral("--requests"),
                                  QStringLiteral("2000")});
        QCOMPARE(outcome.status, 0);
        QCOMPARE(outcome.out.count("chain"), 4); // one line a band
    }

    void balanceSetsPoliciesSideBySide() {
        const QStringList words{QStringLiteral("balance"), QStringLiteral("--servers"), QStringLiteral("4"),
                                QStringLiteral("--rate"),  QStringLiteral("320/s"),     QStringLiteral("--service"),
                                QStringLiteral("10 ms")};
        const auto table = run(words);
        QCOMPARE(table.status, 0);
        for (const char* policy :
             {"random", "round-robin", "power-of-two", "least-connections", "least-response-time", "resource-based"})
            QVERIFY2(table.out.contains(policy), policy);
        QVERIFY(!table.out.contains("weighted") && !table.out.contains("nan") && !table.out.contains("inf"));
        const auto parsed = json(run(words + QStringList{QStringLiteral("--json"), QStringLiteral("--policy"),
                                                         QStringLiteral("least-connections")}));
        const auto policies = parsed[QLatin1String("policies")].toArray();
        QCOMPARE(policies.size(), 1);
        const double mean = policies[0].toObject()[QLatin1String("response_mean_s")].toDouble();
        QVERIFY(mean > 0.0191 && mean < 0.0200); // exact chain: 0.01953
        const auto unequal = run({QStringLiteral("balance"), QStringLiteral("--speeds"), QStringLiteral("2,1,1"),
                                  QStringLiteral("--utilisation"), QStringLiteral("0.8"), QStringLiteral("--service"),
                                  QStringLiteral("10 ms")});
        QCOMPARE(unequal.status, 0);
        // Equal turns overload the slow ones: a dash for its times, and why.
        QVERIFY2(unequal.out.contains("weighted-round-robin") && unequal.out.contains("no steady state"), unequal.out);
    }
    void balanceRefuses_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char* name, const char* words, const char* says) {
            QTest::newRow(name) << QString::fromLatin1(words).split(QLatin1Char(' ')) << QByteArray(says);
        };
        row("policy", "--servers 2 --rate 10/s --service 10ms --policy guess", "guess");
        row("no rate", "--servers 2 --service 10ms", "utilisation");
        row("both", "--servers 2 --service 10ms --rate 10/s --utilisation 0.5", "utilisation");
        row("no servers", "--servers 0 --service 10ms --rate 10/s", "servers");
        row("negative", "--speeds 1,-1 --service 10ms --rate 10/s", "speeds[1]");
        row("no time", "--servers 2 --service 0ms --utilisation 0.5", "service");
        row("not a rate", "--servers 2 --service 10ms --rate ten", "--rate");
    }
    void balanceRefuses() {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, says);
        const auto outcome = run(QStringList{QStringLiteral("balance")} + words);
        QCOMPARE(outcome.status, 2);
        QVERIFY2(outcome.oneLine() && outcome.err.contains(says), outcome.err);
        QVERIFY(outcome.out.isEmpty());
    }

    void queueAnswersOneStation() {
        const auto table = run({QStringLiteral("queue"), QStringLiteral("--rate"), QStringLiteral("800/s"),
                                QStringLiteral("--service"), QStringLiteral("1 ms")});
        QCOMPARE(table.status, 0);
        for (const char* figure : {"80.0 %", "5.00 ms", "23.0 ms", "M/M/c", "Erlang 1917"})
            QVERIFY2(table.out.contains(figure), figure);
        const auto parsed = json(run({QStringLiteral("queue"), QStringLiteral("--rate"), QStringLiteral("800/s"),
                                      QStringLiteral("--service"), QStringLiteral("1 ms"), QStringLiteral("--json")}));
        QVERIFY(qAbs(parsed[QLatin1String("response_mean_s")].toDouble() - 0.005) < 1e-12);
        const auto over = run({QStringLiteral("queue"), QStringLiteral("--rate"), QStringLiteral("1200/s"),
                               QStringLiteral("--service"), QStringLiteral("1 ms")});
        QCOMPARE(over.status, 0);
        QVERIFY(over.out.startsWith("Overloaded") && over.out.contains("200/s") && !over.out.contains("inf"));
    }
    void queueRefuses_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char* name, const char* words, const char* says) {
            QTest::newRow(name) << QString::fromLatin1(words).split(QLatin1Char(' ')) << QByteArray(says);
        };
        row("no rate", "--service 1ms", "--rate");
        row("not a rate", "--rate ten --service 1ms", "--rate");
        row("negative", "--rate -1/s --service 1ms", "--rate is -1");
        row("no servers", "--rate 800/s --service 1ms --servers 0", "--servers is 0");
        row("half a server", "--rate 800/s --service 1ms --servers 1.5", "--servers is 1.5");
        row("variance", "--rate 800/s --service 1ms --scv -1", "--scv is -1");
        row("discipline", "--rate 800/s --service 1ms --discipline lifo", "lifo");
        row("two at once", "--rate 800/s --service 1ms --patience 10ms --capacity 5", "--capacity cannot be combined");
    }
    void queueRefuses() {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, says);
        const auto outcome = run(QStringList{QStringLiteral("queue")} + words);
        QCOMPARE(outcome.status, 2);
        QVERIFY2(outcome.oneLine() && outcome.err.contains(says), outcome.err);
        QVERIFY(outcome.out.isEmpty());
    }

    void aMissedTargetIsStatusThree() {
        const auto outcome = run({QStringLiteral("solve"), QStringLiteral("template:web-shop"),
                                  QStringLiteral("--load-factor"), QStringLiteral("20"), QStringLiteral("--json")});
        QCOMPARE(outcome.status, 3);
        QCOMPARE(json(outcome)["regime"].toString(), QStringLiteral("overloaded"));
    }

    void aProjectOnStandardInputEqualsTheClosedForm() {
        const auto outcome = run({QStringLiteral("solve"), QStringLiteral("-"), QStringLiteral("--json")}, kTiny);
        QCOMPARE(outcome.status, 0);
        const double mean = json(outcome)["classes"].toArray()[0].toObject()["mean_s"].toDouble();
        QVERIFY2(std::abs(mean - 0.02) < 1e-6 * 0.02,
                 qPrintable(QString::number(mean, 'g', 17))); // M/M/1: 0.01 / (1 - 0.5)
    }

    void setExportImportAndBack() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("shop.plimsoll"));
        QCOMPARE(run({QStringLiteral("new"), QStringLiteral("--template"), QStringLiteral("web-shop"),
                      QStringLiteral("-o"), file})
                     .status,
                 0);
        const auto first = run({QStringLiteral("export"), file});
        QCOMPARE(first.out, run({QStringLiteral("export"), QStringLiteral("template:web-shop")}).out);
        const QString copy = folder.filePath(QStringLiteral("copy.plimsoll"));
        QCOMPARE(run({QStringLiteral("import"), QStringLiteral("-"), QStringLiteral("-o"), copy}, first.out).status, 0);
        QCOMPARE(run({QStringLiteral("export"), copy}).out, first.out);

        const auto project = json(first);
        QString service;
        for (const auto component : project["scenarios"].toArray()[0].toObject()["components"].toArray())
            if (component.toObject()["type"] == QLatin1String("service"))
                service = component.toObject()["id"].toString();
        QCOMPARE(run({QStringLiteral("set"), file, service + QStringLiteral(".cpu_s=0.5 ms"),
                      service + QStringLiteral(".instances=x2")})
                     .status,
                 0);
        const auto changed = run({QStringLiteral("export"), file});
        QVERIFY(changed.out.contains("0.0005"));
        const auto refused = run({QStringLiteral("set"), file, service + QStringLiteral(".instances=0")});
        QCOMPARE(refused.status, 2);
        QVERIFY2(refused.oneLine() && refused.err.contains("nstances"), refused.err.constData());
        QCOMPARE(run({QStringLiteral("export"), file}).out, changed.out); // nothing written
    }

    void badInputIsOneLineAndStatusTwo_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QByteArray>("names"); // what the line has to name
        const QStringList solve{QStringLiteral("solve"), QStringLiteral("-")};
        const auto changed = [](const char* from, const char* to) { return QByteArray(kTiny).replace(from, to); };
        QTest::newRow("no file") << QStringList{QStringLiteral("solve"), QStringLiteral("no-such-file.json")}
                                 << QByteArray() << QByteArray("no-such-file.json");
        QTest::newRow("no such command or file")
            << QStringList{QStringLiteral("slove")} << QByteArray() << QByteArray("display");
        QTest::newRow("missing argument") << QStringList{QStringLiteral("solve")} << QByteArray() << QByteArray("FILE");
        QTest::newRow("unknown option") << QStringList{QStringLiteral("solve"), QStringLiteral("template:web-shop"),
                                                       QStringLiteral("--lod")}
                                        << QByteArray() << QByteArray("--lod");
        QTest::newRow("no such template") << QStringList{QStringLiteral("solve"), QStringLiteral("template:teapot")}
                                          << QByteArray() << QByteArray("teapot");
        QTest::newRow("no such scenario") << QStringList{QStringLiteral("solve"), QStringLiteral("template:web-shop"),
                                                         QStringLiteral("--scenario"), QStringLiteral("teapot")}
                                          << QByteArray() << QByteArray("teapot");
        QTest::newRow("negative load") << QStringList{QStringLiteral("solve"), QStringLiteral("template:web-shop"),
                                                      QStringLiteral("--load-factor"), QStringLiteral("-1")}
                                       << QByteArray() << QByteArray("--load-factor");
        QTest::newRow("precision") << QStringList{QStringLiteral("simulate"), QStringLiteral("template:web-shop"),
                                                  QStringLiteral("--precision"), QStringLiteral("7")}
                                   << QByteArray() << QByteArray("0.001%");
        QTest::newRow("no requests") << QStringList{QStringLiteral("simulate"), QStringLiteral("template:web-shop"),
                                                    QStringLiteral("--requests"), QStringLiteral("0")}
                                     << QByteArray() << QByteArray("--requests");
        QTest::newRow("no such family") << QStringList{QStringLiteral("validate"), QStringLiteral("--family"),
                                                       QStringLiteral("teapot")}
                                        << QByteArray() << QByteArray("teapot");
        QTest::newRow("empty") << solve << QByteArray() << QByteArray("there is no text");
        QTest::newRow("truncated") << solve << kTiny.left(kTiny.size() / 2) << QByteArray("standard input");
        QTest::newRow("wrong type") << solve << QByteArray("[]") << QByteArray("object");
        QTest::newRow("unknown key") << solve << changed("\"rate_per_s\": 50", "\"rate_per_s\": 50, \"colour\": 1")
                                     << QByteArray("colour");
        QTest::newRow("duplicate id") << solve << changed("\"id\": \"a\"", "\"id\": \"u\"") << QByteArray("\"u\"");
        QTest::newRow("link to nothing") << solve << changed("\"to\": \"a\"", "\"to\": \"b\"") << QByteArray("\"b\"");
        QTest::newRow("self link") << solve << changed("\"to\": \"a\"", "\"to\": \"u\"") << QByteArray("itself");
        QTest::newRow("NaN") << solve << changed("50", "NaN") << QByteArray("standard input");
        QTest::newRow("negative rate") << solve << changed("50", "-50") << QByteArray("rate_per_s");
        QTest::newRow("zero servers") << solve << changed("\"instances\": 1", "\"instances\": 0")
                                      << QByteArray("nstances");
        QTest::newRow("200 levels") << solve << deeplyNested(200) << QByteArray("64");
        QTest::newRow("a million components") << solve << withComponents(1'000'000) << QByteArray("10000");
        QTest::newRow("calc of nothing") << QStringList{QStringLiteral("calc")} << QByteArray()
                                         << QByteArray("there is no text");
        QTest::newRow("a directory") << QStringList{QStringLiteral("solve"), QStringLiteral(".")} << QByteArray()
                                     << QByteArray("directory");
    }
    void badInputIsOneLineAndStatusTwo() {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, input);
        QFETCH(QByteArray, names);
        const auto outcome = run(arguments, input);
        QCOMPARE(outcome.status, 2);
        QVERIFY2(outcome.oneLine(), outcome.err.constData());
        QVERIFY2(outcome.err.contains(names), outcome.err.constData());
        QVERIFY(outcome.out.isEmpty());
    }

    void calcAnswersInOrder() {
        const auto outcome =
            run({QStringLiteral("calc"), QStringLiteral("-")},
                R"({"cases": [{"id": "b", "topic": "erlang", "inputs": {"servers": 3, "offered_load_erlangs": 3}},
                          {"id": "a", "topic": "erlang", "inputs": {"servers": -1, "offered_load_erlangs": 3}}]})");
        QCOMPARE(outcome.status, 0);
        const auto cases = json(outcome)["cases"].toArray();
        QCOMPARE(cases.size(), 2);
        QVERIFY(std::abs(cases[0].toObject()["results"].toObject()["erlang_b"].toDouble() - 0.346153846154) < 1e-9);
        QVERIFY(cases[1].toObject()["error"].toObject()["field"].toString() == QLatin1String("servers"));
    }

    void theReportIsWrittenAndOverwritesOnlyPdf() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("shop.pdf"));
        const auto outcome =
            run({QStringLiteral("report"), QStringLiteral("template:web-shop"), QStringLiteral("-o"), file});
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        QFile pdf(file);
        QVERIFY(pdf.open(QIODevice::ReadOnly));
        QVERIFY(pdf.read(5) == "%PDF-");
        const auto nowhere = run({QStringLiteral("report"), QStringLiteral("template:web-shop"), QStringLiteral("-o"),
                                  folder.filePath(QStringLiteral("no/such/folder/a.pdf"))});
        QCOMPARE(nowhere.status, 1);
        QVERIFY(nowhere.oneLine());
    }
};

PLIMSOLL_TEST(TestCommandLine);
#include "tst_command_line.moc"
