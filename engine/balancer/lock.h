// The two locks of a balancer: none, for one thread at a time, and a spin lock for short sections.
#pragma once
#include <atomic>
#include <thread>

namespace plimsoll::balancer {

/// For a balancer that one thread at a time uses: nothing at all.
struct NoLock {
    void lock() {}
    void unlock() {}
};

/// Held for tens of nanoseconds. Who finds it taken yields to the other threads, since the holder may wait for a core.
/// A copy is a new, free lock.
class SpinLock {
public:
    SpinLock() = default;
    SpinLock(const SpinLock&) {}
    SpinLock& operator=(const SpinLock&) { return *this; }

    void lock() {
        while (m_taken.exchange(true, std::memory_order_acquire))
            while (m_taken.load(std::memory_order_relaxed)) std::this_thread::yield();
    }
    void unlock() { m_taken.store(false, std::memory_order_release); }

private:
    std::atomic<bool> m_taken{false};
};

} // namespace plimsoll::balancer
