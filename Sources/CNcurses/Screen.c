#define _GNU_SOURCE
#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
#include "CNcurses.h"
#include "Internal.h"
#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

static struct {
  SCREEN *screen;
  FILE *input, *output;
  struct termios saved;
  bool pastes, mouse;
} terminal;

// Presses, releases, the wheel, movement with a button held; columns and rows as numbers.
static const char mouse_on[] = "\033[?1000h\033[?1002h\033[?1006h";
static const char mouse_off[] = "\033[?1006l\033[?1002l\033[?1000l";

cn_terminal cn_check(const char *name, int output) {
  int status = 0;
  if (setupterm((char *)name, output, &status) == ERR) return CN_NO_ENTRY;
  const char *address = tigetstr((char *)"cup");
  const bool usable = address != NULL && address != (char *)-1;
  del_curterm(cur_term);
  return usable ? CN_USABLE : CN_NO_ADDRESSING;
}

bool cn_window(int descriptor, int *width, int *height) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return false;
  *width = size.ws_col;
  *height = size.ws_row;
  return true;
}

static void write_all(const char *text) {
  fputs(text, terminal.output);
  fflush(terminal.output);
}

// Pastes in brackets, focus, and right-to-left text where it is put (ECMA-48's BDSM): the order of cells is ours.
static void take_modes(void) {
  raw();
  noecho();
  nonl();
  keypad(stdscr, TRUE);
  nodelay(stdscr, TRUE);
  curs_set(0);
  if (terminal.pastes) write_all("\033[?2004h\033[?1004h\033[8l");
  if (terminal.mouse) write_all(mouse_on);
}

// curses learns of a description by the environment alone. It is as it was when this returns: no editor or clipboard
// program inherits it. Called before the screen has any work in the background that could read the environment.
static SCREEN *start_described(const char *name, const char *terminfo) {
  if (terminfo == NULL) return NULL;
  const char *own = getenv("TERMINFO");
  char *kept = own == NULL ? NULL : strdup(own);
  setenv("TERMINFO", terminfo, 1);
  SCREEN *screen = newterm(name, terminal.output, terminal.input);
  if (kept == NULL) unsetenv("TERMINFO");
  else setenv("TERMINFO", kept, 1);
  free(kept);
  return screen;
}

bool cn_start(int input, int output, int wake, const char *terminfo) {
  setlocale(LC_ALL, "");
  const char *name = getenv("TERM");
  tcgetattr(input, &terminal.saved);
  terminal.input = fdopen(dup(input), "r");
  terminal.output = fdopen(dup(output), "w");
  if (terminal.input == NULL || terminal.output == NULL) return false;
  set_escdelay(25);
  // Before newterm, which leaves alone the signals that have a handler: its own way loses a stop while it draws.
  cn_signals_install(wake, input, output, &terminal.saved);
  terminal.screen = start_described(name, terminfo);
  if (terminal.screen == NULL) terminal.screen = newterm(name, terminal.output, terminal.input);
  if (terminal.screen == NULL) {
    cn_signals_remove();
    return false;
  }
  terminal.pastes = name != NULL && strcmp(name, "linux") != 0 && strncmp(name, "vt", 2) != 0;
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
  take_modes();
  cn_learn_keys();
  return true;
}

static void give_back(void) {
  if (terminal.mouse) write_all(mouse_off);
  if (terminal.pastes) write_all("\033[8h\033[?1004l\033[?2004l");
  endwin();
}

void cn_stop(void) {
  if (terminal.screen == NULL) return;
  cn_signals_remove();
  give_back();
  delscreen(terminal.screen);
  fclose(terminal.input);
  fclose(terminal.output);
  memset(&terminal, 0, sizeof terminal);
}

void cn_lend(void) { give_back(); }

// A signal to the group may be taken by another of this process's threads, while this one goes on and takes the
// terminal back: it is for the others of the group. This thread stops by one of its own, which the thread it was made
// by may have told it to block.
void cn_suspend(void) {
  cn_lend();
  struct sigaction ignored = {.sa_handler = SIG_IGN}, standard = {.sa_handler = SIG_DFL}, own;
  sigaction(SIGTSTP, &ignored, &own);
  kill(0, SIGTSTP);
  sigaction(SIGTSTP, &standard, NULL);
  sigset_t stop, blocked;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  pthread_sigmask(SIG_UNBLOCK, &stop, &blocked);
  raise(SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &blocked, NULL);
  sigaction(SIGTSTP, &own, NULL);
  cn_take_back();
}

void cn_take_back(void) {
  int width, height;
  if (cn_window(fileno(terminal.output), &width, &height) && width > 0) resizeterm(height, width);
  refresh();
  take_modes();
  clearok(curscr, TRUE);
}

void cn_mouse(bool on) {
  if (!terminal.pastes || terminal.mouse == on) return;
  terminal.mouse = on;
  write_all(on ? mouse_on : mouse_off);
}

bool cn_unicode(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }
int cn_colors(void) { return has_colors() ? COLORS : 0; }
int cn_indexed_colors(void) {
  const int count = tigetnum((char *)"CO");
  return count > 0 ? count : 8;
}
int cn_pairs(void) { return has_colors() ? COLOR_PAIRS : 0; }
void cn_size(int *width, int *height) { getmaxyx(stdscr, *height, *width); }
int cn_width(cn_scalar scalar) { return wcwidth((wchar_t)scalar); }

bool cn_define_pair(int pair, int foreground, int background) {
  return init_extended_pair(pair, foreground, background) != ERR;
}

void cn_put(int x, int y, const cn_scalar *scalars, int count, int attributes, int pair) {
  wchar_t text[CCHARW_MAX + 1] = {0};
  for (int i = 0; i < count && i < CCHARW_MAX; i++) text[i] = (wchar_t)scalars[i];
  attr_t attrs = 0;
  if (attributes & CN_BOLD) attrs |= A_BOLD;
  if (attributes & CN_DIM) attrs |= A_DIM;
  if (attributes & CN_UNDERLINE) attrs |= A_UNDERLINE;
  if (attributes & CN_REVERSE) attrs |= A_REVERSE;
  if (attributes & CN_ITALIC) attrs |= A_ITALIC;
  cchar_t cell;
  if (setcchar(&cell, text, attrs, 0, &pair) == OK) mvadd_wch(y, x, &cell);
}

void cn_refresh(int x, int y) {
  if (x >= 0) move(y, x);
  curs_set(x >= 0 ? 1 : 0);
  refresh();
}

void cn_redraw(void) { clearok(curscr, TRUE); }
