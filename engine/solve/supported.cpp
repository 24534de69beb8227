#include "engine/solve/supported.h"

#include "engine/cache/hit_ratio.h"
#include "engine/flow/validate.h"

#include <fmt/format.h>

namespace plimsoll::flow {
namespace {

Error notYet(std::string_view array, std::size_t index, std::string_view field, std::string_view what) {
    const std::string element = elementName(array, index);
    return {Error::NotSolvedYet, element, std::string(field), fmt::format("{} is not solved yet", what)};
}

} // namespace

std::optional<Error> unsupportedStep(const Model& model, std::size_t index) {
    const Body& body = model.steps[index].body;
    std::optional<CacheId> cache;
    if (const auto* lookup = std::get_if<Lookup>(&body)) cache = lookup->cache;
    if (const auto* invalidate = std::get_if<Invalidate>(&body)) cache = invalidate->cache;
    if (cache && !model.caches[std::size_t(*cache)].fixedHitRatio &&
        !cache::hasFormula(model.caches[std::size_t(*cache)].eviction))
        return notYet("caches", std::size_t(*cache), "eviction", "the hit ratio of this eviction policy");
    return {};
}

} // namespace plimsoll::flow
