#define _GNU_SOURCE
#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
#include "CNcurses.h"
#include "Internal.h"
#include <curses.h>
#include <term.h>

// Codes above ncurses' own for sequences that it knows no name for.
enum { PASTE_BEGIN = KEY_MAX + 1, PASTE_END };

/// What the extended capabilities for Ctrl-arrows became; terminfo numbers them at run time.
static int control_left, control_right;

static int code_of(const char *capability) {
  const char *sequence = tigetstr((char *)capability);
  if (sequence == NULL || sequence == (char *)-1) return 0;
  const int code = key_defined(sequence);
  return code > 0 ? code : 0;
}

void cn_learn_keys(void) {
  define_key("\033[200~", PASTE_BEGIN);
  define_key("\033[201~", PASTE_END);
  control_left = code_of("kLFT5");
  control_right = code_of("kRIT5");
}

static cn_input key(cn_key code) { return (cn_input){.kind = CN_KEY, .code = code}; }

static cn_input mouse(void) {
  MEVENT event;
  if (getmouse(&event) != OK) return (cn_input){.kind = CN_UNKNOWN};
  cn_input input = {.kind = CN_MOUSE, .x = event.x, .y = event.y};
  if (event.bstate & BUTTON4_PRESSED) input.mouse = CN_WHEEL_UP;
  else if (event.bstate & BUTTON5_PRESSED) input.mouse = CN_WHEEL_DOWN;
  else if (event.bstate & BUTTON1_RELEASED) input.mouse = CN_RELEASE;
  else if (event.bstate & BUTTON1_PRESSED) input.mouse = CN_PRESS;
  else input.kind = CN_UNKNOWN;
  return input;
}

static cn_input named(int code) {
  if (code >= KEY_F(1) && code <= KEY_F(24)) return (cn_input){.kind = CN_FUNCTION, .code = code - KEY_F0};
  if (control_left != 0 && code == control_left) return key(CN_CONTROL_LEFT);
  if (control_right != 0 && code == control_right) return key(CN_CONTROL_RIGHT);
  switch (code) {
  case KEY_UP: return key(CN_UP);
  case KEY_DOWN: return key(CN_DOWN);
  case KEY_LEFT: return key(CN_LEFT);
  case KEY_RIGHT: return key(CN_RIGHT);
  case KEY_HOME: return key(CN_HOME);
  case KEY_END: return key(CN_END);
  case KEY_PPAGE: return key(CN_PAGE_UP);
  case KEY_NPAGE: return key(CN_PAGE_DOWN);
  case KEY_IC: return key(CN_INSERT);
  case KEY_DC: return key(CN_DELETE);
  case KEY_BACKSPACE: return key(CN_BACKSPACE);
  case KEY_ENTER: return key(CN_ENTER);
  case KEY_BTAB: return key(CN_BACK_TAB);
  case KEY_SR: return key(CN_SHIFT_UP);
  case KEY_SF: return key(CN_SHIFT_DOWN);
  case KEY_SLEFT: return key(CN_SHIFT_LEFT);
  case KEY_SRIGHT: return key(CN_SHIFT_RIGHT);
  case PASTE_BEGIN: return key(CN_PASTE_BEGIN);
  case PASTE_END: return key(CN_PASTE_END);
  case KEY_MOUSE: return mouse();
  default: return (cn_input){.kind = CN_UNKNOWN};
  }
}

cn_input cn_next(void) {
  wint_t code = 0;
  switch (get_wch(&code)) {
  case KEY_CODE_YES: return named((int)code);
  case OK: return (cn_input){.kind = CN_TEXT, .code = (int32_t)code};
  default: return (cn_input){.kind = CN_NOTHING};
  }
}
