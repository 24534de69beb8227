// "How is this computed": the engine's table of methods, for window and report.
#pragma once
#include "engine/solve/methods.h"

#include <string_view>

namespace plimsoll::assess {

using flow::MethodText;

/// The text of a method id; nullptr where there is none.
inline const MethodText* methodText(std::string_view id) {
    return flow::findMethod(id);
}

} // namespace plimsoll::assess
