// Any bytes as an engine model: an error, or a model that is written and read again as the same.
#include "models/exchange/model_json.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace plimsoll;
    const auto read = exchange::modelFromJson({reinterpret_cast<const char*>(data), size});
    if (!read) {
        if (read.error().message.empty() || read.error().message.find('\n') != std::string::npos) std::abort();
        return 0;
    }
    const auto again = exchange::modelFromJson(exchange::modelToJson(read->model));
    if (!again || !(again->model == read->model)) std::abort();
    return 0;
}
