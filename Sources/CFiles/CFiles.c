#include "CFiles.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/xattr.h>
#include <unistd.h>

int cfiles_exchange(const char *one, const char *other) {
  return renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE) == 0 ? 0 : errno;
}

int cfiles_has_attributes(const char *folder) {
  char names[4096];
  ssize_t length = listxattr(folder, names, sizeof names);
  if (length < 0) return errno != ENOTSUP;
  for (ssize_t start = 0; start < length; start += (ssize_t)strlen(names + start) + 1) {
    if (strncmp(names + start, "security.", 9) != 0) return 1;
  }
  return 0;
}

int cfiles_open_unnamed(const char *folder, mode_t mode) {
  return open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, mode);
}

int cfiles_name_unnamed(int file, const char *path) {
  char own[40];
  snprintf(own, sizeof own, "/proc/self/fd/%d", file);
  return linkat(AT_FDCWD, own, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0 ? 0 : errno;
}

void cfiles_note_use(const char *path) {
  struct timespec times[2] = {{.tv_nsec = UTIME_NOW}, {.tv_nsec = UTIME_OMIT}};
  utimensat(AT_FDCWD, path, times, 0);
}

void cfiles_begin_writeback(int file, off_t start, off_t length) {
  sync_file_range(file, start, length, SYNC_FILE_RANGE_WRITE);
}

enum { GUARDS = 4096 };

/* A handler cannot take a lock: a range is in use once its end is set, after its start. */
static struct {
  _Atomic uintptr_t start, end;
  atomic_int is_taken, is_damaged;
} guards[GUARDS];

static struct sigaction previous;
static uintptr_t page_size;

static void handle_bus_error(int signal, siginfo_t *info, void *context) {
  int saved = errno;
  uintptr_t address = (uintptr_t)info->si_addr;
  for (int i = 0; i < GUARDS; i++) {
    uintptr_t end = atomic_load(&guards[i].end);
    if (address < atomic_load(&guards[i].start) || address >= end) continue;
    uintptr_t page = address & ~(page_size - 1);
    atomic_store(&guards[i].is_damaged, 1);
    void *zeros =
        mmap((void *)page, end - page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0);
    if (zeros == MAP_FAILED) break;
    errno = saved;
    return;
  }
  if (previous.sa_flags & SA_SIGINFO) {
    previous.sa_sigaction(signal, info, context);
  } else if (previous.sa_handler != SIG_IGN && previous.sa_handler != SIG_DFL) {
    previous.sa_handler(signal);
  } else {
    /* The same access faults again and ends the process. */
    sigaction(SIGBUS, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
  }
  errno = saved;
}

static void install_handler(void) {
  page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
  struct sigaction action = {.sa_sigaction = handle_bus_error, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  sigaction(SIGBUS, &action, &previous);
}

int cfiles_guard(const void *start, size_t length) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, install_handler);
  for (int i = 0; i < GUARDS; i++) {
    int is_taken = 0;
    if (!atomic_compare_exchange_strong(&guards[i].is_taken, &is_taken, 1)) continue;
    atomic_store(&guards[i].is_damaged, 0);
    atomic_store(&guards[i].start, (uintptr_t)start);
    atomic_store(&guards[i].end, (uintptr_t)start + length);
    return i;
  }
  return -1;
}

int cfiles_was_damaged(int guard) { return guard >= 0 && atomic_load(&guards[guard].is_damaged); }

void cfiles_unguard(int guard) {
  if (guard < 0) return;
  atomic_store(&guards[guard].end, 0);
  atomic_store(&guards[guard].start, 0);
  atomic_store(&guards[guard].is_taken, 0);
}
