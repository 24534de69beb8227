#pragma once
namespace plimsoll::lower {

/// What a call does to the data behind it. Types that keep no data pass it on.
enum class Operation { Read, Write };

} // namespace plimsoll::lower
