// A prepared model solved again for means makes no allocation: a slider's frame depends on it.
#include "engine/solve/solve.h"
#include "tests/bench/layered_model.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::size_t> allocations{0};
}

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    ++allocations;
    return std::malloc(size);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

class TestPreparedMemory : public QObject {
    Q_OBJECT
private slots:
    void meansAllocateNothing() {
        using namespace plimsoll;
        auto prepared = flow::PreparedModel::prepare(bench::layeredModel({50, 5, false, 0.7, 2}));
        QVERIFY(prepared.has_value());
        flow::Solution answer;
        flow::SolveOptions options;
        options.distributions = false;
        QVERIFY(prepared->solveInto(answer, options));
        options.loadFactor = 0.8;
        const std::size_t before = allocations;
        const bool good = prepared->solveInto(answer, options).has_value();
        const std::size_t after = allocations;
        QVERIFY(good);
        QCOMPARE(after - before, std::size_t(0));
    }
};

PLIMSOLL_TEST(TestPreparedMemory);
#include "tst_prepared_memory.moc"
