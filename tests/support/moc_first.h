// What moc reads before every test file: moc 6.4 loses the first include of <compare>, and with it the macros of
// libstdc++, when no other standard header came before (then: Parse error at "std").
#include <string>
