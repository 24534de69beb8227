// One test binary holds every test class of its module: PLIMSOLL_TEST(Class) puts a class on the list that main() runs.
// The binary links its own object files, so nothing is dropped by the linker.
#pragma once
#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace plimsoll::tests {

/// The makers of the test objects of this binary, in the order of their files.
inline std::vector<std::function<std::unique_ptr<QObject>()>>& testObjects() {
    static std::vector<std::function<std::unique_ptr<QObject>()>> makers;
    return makers;
}

struct Registration {
    explicit Registration(std::function<std::unique_ptr<QObject>()> maker) {
        testObjects().push_back(std::move(maker));
    }
};

} // namespace plimsoll::tests

#define PLIMSOLL_TEST(Class)                                                                                           \
    static const plimsoll::tests::Registration registrationOf##Class {                                                 \
        [] { return std::unique_ptr<QObject>(std::make_unique<Class>()); }                                             \
    }
