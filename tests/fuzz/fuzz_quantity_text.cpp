// Any text as a quantity of any dimension: an error, or a finite number that its field shows without loss.
#include "models/text/quantity_text.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace plimsoll;
    using components::Dimension;
    if (size == 0) return 0;
    const auto dimension = static_cast<Dimension>(data[0] % (static_cast<int>(Dimension::Distance) + 1));
    const std::string_view typed{reinterpret_cast<const char*>(data) + 1, size - 1};
    const std::string unit = text::shownUnit(1, dimension);
    const auto result = text::parse(typed, dimension, unit, 2.0);
    if (!result) {
        if (result.error().empty() || result.error().find('\n') != std::string::npos) std::abort();
        return 0;
    }
    if (!std::isfinite(result->value)) std::abort();
    const double value = std::abs(result->value); // "-5 %" is a change, not a share
    const std::string shown = text::shownUnit(value, dimension);
    const auto again = text::parse(text::fieldText(value, dimension, shown), dimension, shown);
    if (!again || again->value != value) std::abort();
    return 0;
}
