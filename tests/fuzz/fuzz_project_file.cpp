// Any bytes as a .plimsoll file: an error in one line, or a project that is written and read again as the same. The
// first byte says whether the rest is the file or changes to a good one, so that the fuzzer gets behind the header.
#include "models/store/database.h"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace plimsoll;

/// A small good file with each pair of bytes (place, value) of `changes` written into it.
std::string changed(std::string_view changes) {
    static const std::string good = store::toBytes(document::emptyProject("Fuzz"), store::currentFormat());
    std::string bytes = good;
    for (std::size_t i = 0; i + 3 < changes.size(); i += 4) {
        const auto byte = [&](std::size_t at) {
            return static_cast<std::size_t>(static_cast<unsigned char>(changes[at]));
        };
        bytes[(byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2)) % bytes.size()] = changes[i + 3];
    }
    return bytes;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view rest{reinterpret_cast<const char*>(data) + 1, size - 1};
    const std::string bytes = data[0] % 2 == 0 ? std::string(rest) : changed(rest);
    const auto project = store::fromBytes(bytes, store::currentFormat());
    if (!project) {
        if (project.error().message.empty()) std::abort();
        return 0;
    }
    const auto again = store::fromBytes(store::toBytes(*project, store::currentFormat()), store::currentFormat());
    if (!again || !(*again == *project)) std::abort();
    return 0;
}
