#define _GNU_SOURCE
#include "CNcurses.h"
#include "Internal.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
#include <curses.h>

static const int ends[] = {SIGTERM, SIGHUP, SIGINT};
static const int crashes[] = {SIGSEGV, SIGABRT, SIGILL, SIGTRAP, SIGBUS, SIGFPE};
enum { END_COUNT = sizeof ends / sizeof *ends, CRASH_COUNT = sizeof crashes / sizeof *crashes };

static volatile sig_atomic_t resized, continued, stopped, ended;
static int wake_fd = -1, input_fd = -1, output_fd = -1;
static struct termios saved_modes;
static struct sigaction before_crash[CRASH_COUNT], before_end[END_COUNT];

static void note(int signal) {
  const int error = errno;
  if (signal == SIGWINCH) resized = 1;
  else if (signal == SIGCONT) continued = 1;
  else if (signal == SIGTSTP) stopped = 1;
  else ended = 1;
  eventfd_write(wake_fd, 1);
  errno = error;
}

// A crash must not leave a terminal that echoes nothing. Only calls that are safe in a handler: the
// sequences leave the alternate screen, show the cursor, and switch mouse, paste and keypad modes off.
static void restore_and_crash(int signal) {
  static const char leave[] = "\033[?1006l\033[?1002l\033[?1000l\033[?1004l\033[?2004l\033[8h\033[?1l\033>\033[0m\033[?25h\033[?1049l";
  ssize_t ignored = write(output_fd, leave, sizeof leave - 1);
  (void)ignored;
  tcsetattr(input_fd, TCSANOW, &saved_modes);
  for (int i = 0; i < CRASH_COUNT; i++)
    if (crashes[i] == signal) sigaction(signal, &before_crash[i], NULL);
  raise(signal);
}

void cn_signals_install(int wake, int input, int output, const struct termios *saved) {
  wake_fd = wake;
  input_fd = input;
  output_fd = output;
  saved_modes = *saved;
  struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESTART};
  sigaction(SIGWINCH, &action, NULL);
  sigaction(SIGCONT, &action, NULL);
  sigaction(SIGTSTP, &action, NULL);
  for (int i = 0; i < END_COUNT; i++) sigaction(ends[i], &action, &before_end[i]);
  action = (struct sigaction){.sa_handler = restore_and_crash, .sa_flags = SA_ONSTACK};
  for (int i = 0; i < CRASH_COUNT; i++) sigaction(crashes[i], &action, &before_crash[i]);
}

void cn_signals_remove(void) {
  struct sigaction standard = {.sa_handler = SIG_DFL};
  sigaction(SIGWINCH, &standard, NULL);
  sigaction(SIGCONT, &standard, NULL);
  sigaction(SIGTSTP, &standard, NULL);
  for (int i = 0; i < END_COUNT; i++) sigaction(ends[i], &standard, NULL);
  for (int i = 0; i < CRASH_COUNT; i++) sigaction(crashes[i], &before_crash[i], NULL);
}

cn_signal cn_take_signal(void) {
  if (ended) {
    ended = 0;
    return CN_SIGNAL_END;
  }
  if (stopped) {
    stopped = 0;
    return CN_SIGNAL_STOP;
  }
  if (continued) {
    continued = 0;
    return CN_SIGNAL_CONTINUE;
  }
  if (!resized) return CN_SIGNAL_NONE;
  resized = 0;
  int columns, rows;
  if (cn_window(output_fd, &columns, &rows) && columns > 0 && rows > 0) resizeterm(rows, columns);
  // Without this a shrunk tmux pane keeps wrong rows.
  clearok(curscr, TRUE);
  return CN_SIGNAL_RESIZE;
}

void cn_wait(int milliseconds) {
  struct pollfd files[2] = {{input_fd, POLLIN, 0}, {wake_fd, POLLIN, 0}};
  if (poll(files, 2, milliseconds) <= 0) return;
  if (files[1].revents & POLLIN) {
    eventfd_t value;
    eventfd_read(wake_fd, &value);
  }
  // A terminal that hung up stays readable and has nothing to read.
  int waiting = 0;
  if (files[0].revents & (POLLHUP | POLLERR | POLLNVAL)) ended = 1;
  else if ((files[0].revents & POLLIN) && ioctl(input_fd, FIONREAD, &waiting) == 0 && waiting == 0) ended = 1;
}

int cn_wake_open(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }
void cn_wake(int wake) { eventfd_write(wake, 1); }
void cn_wake_close(int wake) { close(wake); }
