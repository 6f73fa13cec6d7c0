#ifndef CNCURSES_INTERNAL_H
#define CNCURSES_INTERNAL_H
#include <termios.h>

void cn_learn_keys(void);
void cn_signals_install(int wake, int input, int output, const struct termios *saved);
void cn_signals_remove(void);
#endif
