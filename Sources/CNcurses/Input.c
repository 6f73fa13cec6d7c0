#define _GNU_SOURCE
#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
#include "CNcurses.h"
#include "Internal.h"
#include <curses.h>
#include <term.h>

// Codes for sequences that ncurses has no name for, far above those that it gives to a terminal's own extras.
enum { PASTE_BEGIN = KEY_MAX + 1000, PASTE_END, MOUSE_SGR, MOUSE_OLD, FOCUS_IN, FOCUS_OUT };

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
  // Decoded here and not by ncurses, which follows terminfo: that of tmux and screen knows only the old form,
  // in which a column beyond 223 has no spelling.
  define_key("\033[<", MOUSE_SGR);
  define_key("\033[M", MOUSE_OLD);
  define_key("\033[I", FOCUS_IN);
  define_key("\033[O", FOCUS_OUT);
  control_left = code_of("kLFT5");
  control_right = code_of("kRIT5");
}

static cn_input key(cn_key code) { return (cn_input){.kind = CN_KEY, .code = code}; }

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
  case MOUSE_SGR: return key(CN_MOUSE_SGR);
  case MOUSE_OLD: return key(CN_MOUSE_OLD);
  case FOCUS_IN: return key(CN_FOCUS_IN);
  case FOCUS_OUT: return key(CN_FOCUS_OUT);
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

void cn_raw_bytes(bool on) { keypad(stdscr, on ? FALSE : TRUE); }

int cn_next_byte(void) {
  const int byte = getch();
  return byte == ERR || byte > 0xFF ? -1 : byte;
}
