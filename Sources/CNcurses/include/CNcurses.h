#ifndef CNCURSES_H
#define CNCURSES_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// All of ncurses that the screen needs. Curses is macros and globals, which Swift cannot import; here
// are functions over its one screen instead. Call them from one thread, but for cn_wake.

/// A wide character of libc; the terminal's locale says what it is.
typedef int32_t cn_scalar;

typedef enum {
  CN_BOLD = 1,
  CN_DIM = 2,
  CN_UNDERLINE = 4,
  CN_REVERSE = 8,
  CN_ITALIC = 16,
} cn_attributes;

typedef enum {
  CN_NOTHING = 0, // no input waits
  CN_TEXT,        // `code` is a character
  CN_KEY,         // `code` is a cn_key
  CN_FUNCTION,    // `code` is the number of a function key
  CN_UNKNOWN,     // a key that has no name here
} cn_input_kind;

typedef enum {
  CN_UP = 1, CN_DOWN, CN_LEFT, CN_RIGHT, CN_HOME, CN_END, CN_PAGE_UP, CN_PAGE_DOWN, CN_INSERT, CN_DELETE,
  CN_BACKSPACE, CN_ENTER, CN_BACK_TAB, CN_SHIFT_UP, CN_SHIFT_DOWN, CN_SHIFT_LEFT, CN_SHIFT_RIGHT,
  CN_CONTROL_LEFT, CN_CONTROL_RIGHT, CN_PASTE_BEGIN, CN_PASTE_END,
  CN_MOUSE_SGR, // a report of the mouse follows as text: "0;10;5M"
  CN_MOUSE_OLD, // three characters follow: button, column, row, each with 32 added
  CN_FOCUS_IN, CN_FOCUS_OUT,
} cn_key;

typedef struct {
  cn_input_kind kind;
  int32_t code;
} cn_input;

typedef enum {
  CN_USABLE = 0,
  CN_NO_ENTRY,     // terminfo does not know the name
  CN_NO_ADDRESSING // the terminal cannot place its cursor
} cn_terminal;

/// Whether curses can draw on a terminal of this name.
cn_terminal cn_check(const char *name, int output);
/// Columns and rows that the terminal reports; false when it is none.
bool cn_window(int descriptor, int *width, int *height);

/// Takes the terminal: alternate screen, raw keys, bracketed paste, focus, signals. `wake` is an eventfd
/// that signals write to. `terminfo`, when it is not NULL, describes it to curses and to nobody else; where curses
/// does not take it, the terminal's own description holds. False when curses cannot start.
bool cn_start(int input, int output, int wake, const char *terminfo);
/// Gives the terminal back as it was.
void cn_stop(void);
/// Gives it back, stops the process group as Ctrl-Z does, and takes it again when it goes on.
void cn_suspend(void);
/// Gives it back for another program to use, until `cn_take_back`.
void cn_lend(void);
void cn_take_back(void);

/// Has the mouse reported, or leaves it to the terminal, so that text can be selected there.
void cn_mouse(bool on);

/// True in a UTF-8 locale.
bool cn_unicode(void);
int cn_colors(void);
/// How many of the first colours are the palette's where a number is red, green and blue.
int cn_indexed_colors(void);
int cn_pairs(void);
void cn_size(int *width, int *height);
/// Columns that libc gives a character; -1 for one that the locale cannot show.
int cn_width(cn_scalar scalar);

/// Makes a colour pair; -1 is the terminal's own colour.
bool cn_define_pair(int pair, int foreground, int background);
/// Puts one cluster of at most 5 scalars at a cell.
void cn_put(int x, int y, const cn_scalar *scalars, int count, int attributes, int pair);
/// Shows all changes. The cursor goes to the cell, or away for a negative x.
void cn_refresh(int x, int y);
/// The next refresh writes every cell.
void cn_redraw(void);

/// The next input that waits; never blocks.
cn_input cn_next(void);
/// While on, `cn_next_byte` gives what the terminal sends as it is, as for a paste.
void cn_raw_bytes(bool on);
/// The next byte that waits; -1 when none does.
int cn_next_byte(void);
/// Sleeps until input, a wake-up or a signal comes, or for so many milliseconds (-1: without end).
void cn_wait(int milliseconds);

typedef enum { CN_SIGNAL_NONE = 0, CN_SIGNAL_RESIZE, CN_SIGNAL_CONTINUE, CN_SIGNAL_STOP, CN_SIGNAL_END } cn_signal;
/// A signal that came since the last call, the most important first.
cn_signal cn_take_signal(void);

int cn_wake_open(void);
/// Wakes cn_wait; from any thread.
void cn_wake(int wake);
void cn_wake_close(int wake);
#endif
