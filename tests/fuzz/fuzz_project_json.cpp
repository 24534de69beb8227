// Any bytes as a project: an error in one line, or a project that is written and read again as the same.
#include "models/exchange/project_json.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace plimsoll;
    const auto project = exchange::projectFromJson({reinterpret_cast<const char*>(data), size});
    if (!project) {
        const std::string line = document::text(project.error());
        if (line.empty() || line.find('\n') != std::string::npos) std::abort();
        return 0;
    }
    const auto again = exchange::projectFromJson(exchange::projectToJson(*project));
    if (!again || !(*again == *project)) std::abort();
    return 0;
}
