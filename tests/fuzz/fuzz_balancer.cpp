// Operations from the fuzzer's bytes on every policy, checked against the slow reference.
#include "tests/engine/balancer/operations.h"

#include <cstdio>
#include <cstdlib>

namespace {
struct Bytes {
    const std::uint8_t* at;
    const std::uint8_t* end;
    std::uint32_t next(std::uint32_t bound) { return at < end ? *at++ % bound : 0; }
    bool more() const { return at < end; }
};
} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Bytes bytes{data, data + size};
    const auto policy = static_cast<plimsoll::flow::Policy>(bytes.next(10));
    const std::string failure = plimsoll::tests::Operations<Bytes>(bytes, policy).run();
    if (!failure.empty()) {
        std::fprintf(stderr, "%s\n", failure.c_str());
        std::abort();
    }
    return 0;
}
