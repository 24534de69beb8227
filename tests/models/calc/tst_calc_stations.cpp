// Topics of calc about one resource, against the contract's numeric cases.
#include "tests/models/calc/oracle_case.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace plimsoll::tests;

class TestCalcStations : public QObject {
    Q_OBJECT
private slots:
    void topics_data() {
        addOracleCases("stations.json", {"erlang", "mmc"});
        addOracleCases("edge-cases.json", {"mmc"}, false);
    }
    void topics() {
        QFETCH(QString, text);
        const QString off = failure(json::parse(text.toStdString()));
        QVERIFY2(off.isEmpty(), qPrintable(off));
    }
};

PLIMSOLL_TEST(TestCalcStations);
#include "tst_calc_stations.moc"
