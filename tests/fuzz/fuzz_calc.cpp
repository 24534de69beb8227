// Any bytes as a batch of calculations: an error in one line, or an answer that is JSON without NaN or infinity.
#include "models/calc/calc.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace plimsoll;
    const auto answer = calc::answer({reinterpret_cast<const char*>(data), size});
    if (!answer) {
        if (answer.error().message.empty() || answer.error().message.find('\n') != std::string::npos) std::abort();
        return 0;
    }
    if (nlohmann::json::parse(*answer, nullptr, false).is_discarded()) std::abort();
    return 0;
}
