// Read by Qt's moc before every file. moc 6.4 skips <type_traits>, the only way by which <chrono> and <concepts> learn
// libstdc++'s macros, and then stumbles over "namespace std _GLIBCXX_VISIBILITY(default)"; <cstddef> brings them.
#include <cstddef>
