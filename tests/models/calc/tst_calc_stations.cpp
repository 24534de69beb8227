// Topics of calc about one resource, against the contract's numeric cases.
#include "tests/models/calc/oracle_case.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace plimsoll::tests;

class TestCalcStations : public QObject {
    Q_OBJECT
private slots:
    void stations_data() {
        addOracleCases("stations.json", [](const json&) { return true; });
    }
    void stations() { topics(); }

    void edges_data() {
        addOracleCases("edge-cases.json",
                       {"mmc", "erlang", "overload", "zero-rate", "mmck", "range", "constant-service",
                        "sum-of-exponentials", "percentile-of-mixture", "percentile-of-sum", "constant-percentiles",
                        "sample-percentiles", "atom-at-percentile", "percentile-ends", "saturation", "split-or-pooled",
                        "priority-nonpreemptive"});
    }
    void edges() { topics(); }

private:
    static void topics() {
        QFETCH(QString, text);
        const QString off = failure(json::parse(text.toStdString()));
        QVERIFY2(off.isEmpty(), qPrintable(off));
    }
};

PLIMSOLL_TEST(TestCalcStations);
#include "tst_calc_stations.moc"
