// main() of the test binaries that open widgets, on the offscreen platform.
#include "tests/support/test_registry.h"

#include <QApplication>
#include <QtTest>

int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    int failed = 0;
    for (const auto& make : plimsoll::tests::testObjects()) failed += QTest::qExec(make().get(), argc, argv) != 0;
    return failed;
}
