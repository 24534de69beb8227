// Every component type, in palette order: one line here, one file in this folder, one icon. An explicit array, because
// a linker drops what registers itself.
#include "models/components/component_type.h"

namespace plimsoll::components {

const ComponentType &clients(), &loadBalancer(), &service(), &cache(), &sqlDatabase(), &area();

std::span<const ComponentType* const> registry() {
    static const ComponentType* const types[] = {
        &clients(), &loadBalancer(), &service(), &cache(), &sqlDatabase(), &area(),
    };
    return types;
}

} // namespace plimsoll::components
