// main() of the test binaries that need no window (engine, models).
#include "tests/support/test_registry.h"

#include <QCoreApplication>
#include <QtTest>

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    int failed = 0;
    for (const auto& make : plimsoll::tests::testObjects()) failed += QTest::qExec(make().get(), argc, argv) != 0;
    return failed;
}
