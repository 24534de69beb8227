#include "gui/theme/resources.h"
int main() {
    return 0;
}
