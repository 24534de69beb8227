// What a drag from the palette carries.
#pragma once
#include <QLatin1String>

namespace plimsoll::gui {

/// The id of the component type ("sql_database"), UTF-8.
inline constexpr QLatin1String kComponentTypeMime{"application/x-plimsoll-component-type"};

} // namespace plimsoll::gui
