#pragma once
class QMenuBar;
class QWidget;

namespace plimsoll::gui {

/// Every deed of the menus with its key, in a window that can stay open.
void showShortcuts(const QMenuBar& bar, QWidget& window);
/// Name, version, licence.
void showAbout(QWidget& window);

} // namespace plimsoll::gui
