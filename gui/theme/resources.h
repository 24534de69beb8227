#pragma once
namespace plimsoll::gui {

/// Makes the embedded icons and faces known (they live in a static library, which the linker would leave out), loads
/// the faces. Once, after the application object exists.
void loadResources();

} // namespace plimsoll::gui
