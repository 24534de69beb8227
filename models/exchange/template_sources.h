// The JSON of resources/templates, generated when building. Internal to models/exchange.
#pragma once
#include <span>
#include <string_view>

namespace plimsoll::exchange {

struct TemplateSource {
    std::string_view id, json;
};

/// In the order of their ids.
std::span<const TemplateSource> templateSources();

} // namespace plimsoll::exchange
