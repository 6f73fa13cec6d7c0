/* Runs a command and kills it before one chosen call that changes the file system, as a crash would.
 *
 *   crash-at [--torn | --fail | --full | --unreadable | --no-memory] [--log FILE] N COMMAND [ARGUMENT…]
 *
 * Counts such calls of the command and of every process and thread it starts, each when it is entered. Before
 * the N-th is carried out all of them get SIGKILL. N = 0 lets the command end and only counts: the last line
 * on standard error is the count. With --torn the N-th call, if it writes bytes, writes the first half of them
 * before the kill; another call is not carried out. --log names each call counted: "5 write BYTES PATH".
 *
 * With --fail nothing is killed: the N-th call fails with EIO. With --full the disk is full from the N-th call on:
 * what would need room fails with ENOSPC. Standard input and output never fail.
 *
 * With --unreadable other calls are counted, those that open a file for reading, read or map it, look at its size or
 * list a folder, and the N-th fails with EIO; the system's own files are left out. With --no-memory those are counted
 * that ask for memory, and the N-th fails with ENOMEM. With N = 0 both only count.
 *
 * Not counted: writes to pipes, terminals, sockets and event descriptors, and what is in /dev and /proc.
 * Stores into mapped memory are not calls; the mmap that makes them possible is counted.
 *
 * Exit status: the command's own, 137 when it was killed, 125 for failures of crash-at, 77 where it cannot
 * trace (another processor than x86_64).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if !defined(__x86_64__) || !defined(__linux__)
int main(void) {
  fputs("crash-at: only Linux on x86_64 can be traced\n", stderr);
  return 77;
}
#else

#include <linux/filter.h>
#include <linux/openat2.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>

enum { PROCESS_LIMIT = 4096 };
static pid_t tracees[PROCESS_LIMIT];
static size_t tracee_count;

static void fail(const char *what) {
  fprintf(stderr, "crash-at: %s: %s\n", what, strerror(errno));
  exit(125); /* PTRACE_O_EXITKILL takes the command along */
}

static void add_tracee(pid_t pid) {
  for (size_t i = 0; i < tracee_count; i++)
    if (tracees[i] == pid) return;
  if (tracee_count == PROCESS_LIMIT) {
    errno = EAGAIN;
    fail("too many processes");
  }
  tracees[tracee_count++] = pid;
}

static void remove_tracee(pid_t pid) {
  for (size_t i = 0; i < tracee_count; i++)
    if (tracees[i] == pid) tracees[i] = tracees[--tracee_count];
}

/* How a call names what it changes. */
enum place { DESCRIPTOR, PATH, FOLDER_AND_PATH };

struct call {
  long number;
  const char *name;
  enum place place;
  int argument; /* the one that names what changes: a descriptor, a path, or a folder before a path */
  int length;   /* the one that says how much is written; -1 for none */
};

/* What is counted. */
enum mode { CHANGES, READS, ALLOCATIONS };

static const struct call calls[] = {
    {SYS_write, "write", DESCRIPTOR, 0, 2},
    {SYS_pwrite64, "pwrite64", DESCRIPTOR, 0, 2},
    {SYS_writev, "writev", DESCRIPTOR, 0, -1},
    {SYS_pwritev, "pwritev", DESCRIPTOR, 0, -1},
    {SYS_pwritev2, "pwritev2", DESCRIPTOR, 0, -1},
    {SYS_sendfile, "sendfile", DESCRIPTOR, 0, 3},
    {SYS_copy_file_range, "copy_file_range", DESCRIPTOR, 2, 4},
    {SYS_splice, "splice", DESCRIPTOR, 2, 4},
    {SYS_open, "open", PATH, 0, -1},
    {SYS_openat, "openat", FOLDER_AND_PATH, 0, -1},
    {SYS_openat2, "openat2", FOLDER_AND_PATH, 0, -1},
    {SYS_creat, "creat", PATH, 0, -1},
    {SYS_ftruncate, "ftruncate", DESCRIPTOR, 0, -1},
    {SYS_truncate, "truncate", PATH, 0, -1},
    {SYS_fallocate, "fallocate", DESCRIPTOR, 0, -1},
    {SYS_fsync, "fsync", DESCRIPTOR, 0, -1},
    {SYS_fdatasync, "fdatasync", DESCRIPTOR, 0, -1},
    {SYS_rename, "rename", PATH, 0, -1},
    {SYS_renameat, "renameat", FOLDER_AND_PATH, 0, -1},
    {SYS_renameat2, "renameat2", FOLDER_AND_PATH, 0, -1},
    {SYS_link, "link", PATH, 0, -1},
    {SYS_linkat, "linkat", FOLDER_AND_PATH, 0, -1},
    {SYS_symlink, "symlink", PATH, 1, -1},
    {SYS_symlinkat, "symlinkat", FOLDER_AND_PATH, 1, -1},
    {SYS_unlink, "unlink", PATH, 0, -1},
    {SYS_unlinkat, "unlinkat", FOLDER_AND_PATH, 0, -1},
    {SYS_rmdir, "rmdir", PATH, 0, -1},
    {SYS_mkdir, "mkdir", PATH, 0, -1},
    {SYS_mkdirat, "mkdirat", FOLDER_AND_PATH, 0, -1},
    {SYS_mknod, "mknod", PATH, 0, -1},
    {SYS_mknodat, "mknodat", FOLDER_AND_PATH, 0, -1},
    {SYS_chmod, "chmod", PATH, 0, -1},
    {SYS_fchmod, "fchmod", DESCRIPTOR, 0, -1},
    {SYS_fchmodat, "fchmodat", FOLDER_AND_PATH, 0, -1},
    {SYS_mmap, "mmap", DESCRIPTOR, 4, -1},
};

static const struct call reads[] = {
    {SYS_open, "open", PATH, 0, -1},
    {SYS_openat, "openat", FOLDER_AND_PATH, 0, -1},
    {SYS_read, "read", DESCRIPTOR, 0, 2},
    {SYS_pread64, "pread64", DESCRIPTOR, 0, 2},
    {SYS_readv, "readv", DESCRIPTOR, 0, -1},
    {SYS_preadv, "preadv", DESCRIPTOR, 0, -1},
    {SYS_fstat, "fstat", DESCRIPTOR, 0, -1},
    {SYS_getdents64, "getdents64", DESCRIPTOR, 0, -1},
    {SYS_copy_file_range, "copy_file_range", DESCRIPTOR, 0, 4},
    {SYS_mmap, "mmap", DESCRIPTOR, 4, 1},
};

static const struct call allocations[] = {
    {SYS_mmap, "mmap", DESCRIPTOR, 4, 1},
    {SYS_mremap, "mremap", DESCRIPTOR, 0, 2},
    {SYS_brk, "brk", DESCRIPTOR, 0, -1},
};

static const struct {
  const struct call *calls;
  size_t count;
} counted[] = {
    [CHANGES] = {calls, sizeof calls / sizeof *calls},
    [READS] = {reads, sizeof reads / sizeof *reads},
    [ALLOCATIONS] = {allocations, sizeof allocations / sizeof *allocations},
};

static const struct call *find_call(enum mode mode, uint64_t number) {
  for (size_t i = 0; i < counted[mode].count; i++)
    if ((uint64_t)counted[mode].calls[i].number == number) return &counted[mode].calls[i];
  return NULL;
}

static void read_text(pid_t pid, uint64_t address, char *text, size_t size) {
  size_t length = 0;
  /* Byte by byte, so that a text at the end of a mapping is read too. */
  for (; length + 1 < size; length++) {
    struct iovec here = {text + length, 1}, there = {(void *)(uintptr_t)(address + length), 1};
    if (process_vm_readv(pid, &here, 1, &there, 1, 0) != 1 || text[length] == 0) break;
  }
  text[length] = 0;
}

static int64_t open_flags(pid_t pid, const struct call *call, const uint64_t *args) {
  switch (call->number) {
  case SYS_open: return (int64_t)args[1];
  case SYS_openat: return (int64_t)args[2];
  case SYS_openat2: {
    struct open_how how = {0};
    struct iovec here = {&how, sizeof how}, there = {(void *)(uintptr_t)args[2], sizeof how};
    return process_vm_readv(pid, &here, 1, &there, 1, 0) > 0 ? (int64_t)how.flags : 0;
  }
  default: return -1;
  }
}

static void describe(pid_t pid, const struct call *call, const uint64_t *args, char *path, size_t size) {
  if (call->place != DESCRIPTOR) {
    read_text(pid, args[call->argument + (call->place == FOLDER_AND_PATH)], path, size);
    return;
  }
  char link[64];
  snprintf(link, sizeof link, "/proc/%d/fd/%d", (int)pid, (int)args[call->argument]);
  ssize_t length = readlink(link, path, size - 1);
  path[length > 0 ? length : 0] = 0;
}

/* Whether the call reads a file that is not the system's; its path is then in `path`. */
static int reads_files(pid_t pid, const struct call *call, const uint64_t *args, char *path, size_t size) {
  static const char *const systems[] = {"/usr/", "/lib", "/etc/", "/opt/", "/proc/", "/sys/", "/dev/"};
  if (call->number == SYS_mmap && (args[3] & MAP_ANONYMOUS)) return 0;
  int64_t flags = open_flags(pid, call, args);
  if (flags >= 0 && (flags & (O_CREAT | O_TRUNC | O_WRONLY))) return 0;
  describe(pid, call, args, path, size);
  /* Pipes and sockets have no path that begins with a slash; the program itself is read by the system. */
  char program[4096], link[64];
  snprintf(link, sizeof link, "/proc/%d/exe", (int)pid);
  ssize_t length = readlink(link, program, sizeof program - 1);
  program[length > 0 ? length : 0] = 0;
  if (strcmp(path, program) == 0 || (call->place == DESCRIPTOR && path[0] != '/')) return 0;
  if (strstr(path, ".so.")) return 0;
  for (size_t i = 0; i < sizeof systems / sizeof *systems; i++)
    if (strncmp(path, systems[i], strlen(systems[i])) == 0) return 0;
  return 1;
}

/* Whether the call asks for memory; the dynamic loader's calls are among them. */
static int allocates(const struct call *call, const uint64_t *args) {
  if (call->number == SYS_brk) return args[0] != 0;
  return call->number != SYS_mmap || (args[3] & MAP_ANONYMOUS);
}

/* Whether the call changes files; its path is then in `path`. */
static int changes_files(pid_t pid, const struct call *call, const uint64_t *args, char *path, size_t size) {
  if (call->number == SYS_mmap &&
      !((args[3] & MAP_TYPE) != MAP_PRIVATE && (args[2] & PROT_WRITE) && !(args[3] & MAP_ANONYMOUS)))
    return 0;
  int64_t flags = open_flags(pid, call, args);
  if (flags >= 0 && !(flags & (O_CREAT | O_TRUNC | O_WRONLY | O_RDWR))) return 0;
  if (call->place != DESCRIPTOR) {
    read_text(pid, args[call->argument + (call->place == FOLDER_AND_PATH)], path, size);
    return strncmp(path, "/dev/", 5) != 0 && strncmp(path, "/proc/", 6) != 0;
  }
  char link[64];
  snprintf(link, sizeof link, "/proc/%d/fd/%d", (int)pid, (int)args[call->argument]);
  struct stat status;
  if (stat(link, &status) != 0 || !(S_ISREG(status.st_mode) || S_ISDIR(status.st_mode))) return 0;
  ssize_t length = readlink(link, path, size - 1);
  path[length > 0 ? length : 0] = 0;
  return strncmp(path, "/proc/", 6) != 0;
}

static void set_register(pid_t pid, size_t offset, uint64_t value) {
  if (ptrace(PTRACE_POKEUSER, pid, offset, value) != 0) fail("cannot change a register");
}

static const size_t argument_registers[] = {
    offsetof(struct user, regs.rdi), offsetof(struct user, regs.rsi), offsetof(struct user, regs.rdx),
    offsetof(struct user, regs.r10), offsetof(struct user, regs.r8),  offsetof(struct user, regs.r9),
};

/* Kills all that is traced, which is all that the command started, and waits until it is gone. */
static int crash(void) {
  for (size_t i = 0; i < tracee_count; i++) kill(tracees[i], SIGKILL);
  while (waitpid(-1, NULL, __WALL) > 0 || errno == EINTR) continue;
  return 137;
}

struct run {
  enum mode mode;
  long target;
  int is_torn;
  int fails; /* the error of a call instead of a crash, or 0 */
  FILE *log;
  long count;
  pid_t torn; /* the thread in its halved write */
};

static int concerns(enum mode mode, pid_t pid, const struct call *call, const uint64_t *args, char *path, size_t size) {
  path[0] = 0;
  switch (mode) {
  case READS: return reads_files(pid, call, args, path, size);
  case ALLOCATIONS: return allocates(call, args);
  default: return changes_files(pid, call, args, path, size);
  }
}

static int needs_room(long call) {
  switch (call) {
  case SYS_ftruncate:
  case SYS_truncate:
  case SYS_fsync:
  case SYS_fdatasync:
  case SYS_rename:
  case SYS_renameat:
  case SYS_renameat2:
  case SYS_unlink:
  case SYS_unlinkat:
  case SYS_rmdir:
  case SYS_chmod:
  case SYS_fchmod:
  case SYS_fchmodat: return 0;
  default: return 1;
  }
}

/* A thread is about to make a call; true when this is the moment of the crash. */
static int enters(struct run *run, pid_t pid, const struct __ptrace_syscall_info *info) {
  static char path[4096];
  const struct call *call = find_call(run->mode, info->seccomp.nr);
  const uint64_t *args = (const uint64_t *)info->seccomp.args;
  if (!call || run->torn || !concerns(run->mode, pid, call, args, path, sizeof path)) return 0;
  run->count++;
  uint64_t bytes = call->length >= 0 ? args[call->length] : 0;
  if (run->log)
    fprintf(run->log, "%ld %s %llu %s\n", run->count, call->name, (unsigned long long)bytes, path);
  if (run->fails) {
    int is_due = run->count == run->target;
    if (run->fails == ENOSPC) is_due = run->count >= run->target && needs_room(call->number);
    int is_standard = run->mode == CHANGES && call->place == DESCRIPTOR && args[call->argument] <= 2;
    if (run->target > 0 && is_due && !is_standard) {
      set_register(pid, offsetof(struct user, regs.orig_rax), (uint64_t)-1);
      set_register(pid, offsetof(struct user, regs.rax), (uint64_t)-run->fails);
    }
    return 0;
  }
  if (run->count != run->target) return 0;
  if (run->is_torn && bytes > 1) {
    set_register(pid, argument_registers[call->length], bytes / 2);
    run->torn = pid;
    return 0;
  }
  /* No such call: should the kernel carry it out in spite of the kill, it does nothing. */
  set_register(pid, offsetof(struct user, regs.orig_rax), (uint64_t)-1);
  return 1;
}

/* Follows the command to its end or its crash; returns the exit status. */
static int follow(struct run *run, pid_t command) {
  int exit_status = 125;
  for (;;) {
    int status;
    pid_t pid = waitpid(-1, &status, __WALL);
    if (pid < 0 && errno == EINTR) continue;
    if (pid < 0) return exit_status;
    if (WIFEXITED(status) || WIFSIGNALED(status)) {
      remove_tracee(pid);
      if (pid == command) exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
      continue;
    }
    add_tracee(pid);
    int signal = WSTOPSIG(status), event = status >> 16;
    if (signal == (SIGTRAP | 0x80)) {
      /* The end of the halved write: no other call is followed to its end. */
      if (run->torn == pid) return crash();
      signal = 0;
    } else if (event == PTRACE_EVENT_SECCOMP) {
      struct __ptrace_syscall_info info;
      if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof info, &info) > 0 && enters(run, pid, &info))
        return crash();
      signal = 0;
    } else if (event == PTRACE_EVENT_STOP && signal != SIGTRAP) {
      ptrace(PTRACE_LISTEN, pid, 0, 0); /* stopped as by Ctrl-Z: stays so until it is continued */
      continue;
    } else if (event != 0) {
      signal = 0;
    }
    /* A thread that a sibling's exit took away is gone; its end is reported next. */
    if (ptrace(run->torn == pid ? PTRACE_SYSCALL : PTRACE_CONT, pid, 0, signal) != 0 && errno != ESRCH)
      fail("cannot go on");
  }
}

/* Has the kernel stop this process and its children at the calls above only; at all of them takes long. */
static void stop_at_calls(enum mode mode) {
  struct sock_filter filter[2 * sizeof calls / sizeof *calls + 2];
  size_t length = 0;
  filter[length++] =
      (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
  for (size_t i = 0; i < counted[mode].count; i++) {
    filter[length++] =
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)counted[mode].calls[i].number, 0, 1);
    filter[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
  }
  filter[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  struct sock_fprog program = {(unsigned short)length, filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) fail("cannot filter calls");
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) fail("cannot filter calls");
}

static pid_t start(enum mode mode, char **command) {
  int gate[2];
  if (pipe2(gate, O_CLOEXEC) != 0) fail("cannot make a pipe");
  pid_t pid = fork();
  if (pid < 0) fail("cannot fork");
  if (pid == 0) {
    char byte;
    if (read(gate[0], &byte, 1) != 1) _exit(125);
    stop_at_calls(mode);
    execvp(command[0], command);
    fprintf(stderr, "crash-at: cannot run %s: %s\n", command[0], strerror(errno));
    _exit(127);
  }
  long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
                 PTRACE_O_TRACEEXEC | PTRACE_O_TRACESECCOMP | PTRACE_O_EXITKILL;
  if (ptrace(PTRACE_SEIZE, pid, 0, options) != 0) {
    int reason = errno;
    kill(pid, SIGKILL);
    errno = reason;
    fail("cannot trace");
  }
  if (write(gate[1], "", 1) != 1) fail("cannot start the command");
  close(gate[0]);
  close(gate[1]);
  return pid;
}

int main(int argc, char **argv) {
  struct run run = {0};
  int next = 1;
  for (; next < argc && strncmp(argv[next], "--", 2) == 0; next++) {
    if (strcmp(argv[next], "--torn") == 0) {
      run.is_torn = 1;
    } else if (strcmp(argv[next], "--fail") == 0) {
      run.fails = EIO;
    } else if (strcmp(argv[next], "--full") == 0) {
      run.fails = ENOSPC;
    } else if (strcmp(argv[next], "--unreadable") == 0) {
      run.mode = READS;
      run.fails = EIO;
    } else if (strcmp(argv[next], "--no-memory") == 0) {
      run.mode = ALLOCATIONS;
      run.fails = ENOMEM;
    } else if (strcmp(argv[next], "--log") == 0 && next + 1 < argc) {
      if (!(run.log = fopen(argv[++next], "we"))) fail(argv[next]);
    } else {
      break;
    }
  }
  char *end = NULL;
  if (next < argc) run.target = strtol(argv[next], &end, 10);
  if (!end || *end || run.target < 0 || next + 1 >= argc) {
    fputs("usage: crash-at [--torn | --fail | --full | --unreadable | --no-memory] [--log FILE] N COMMAND [ARGUMENT...]\n", stderr);
    return 125;
  }
  /* Keys of a shared terminal are for the command. */
  signal(SIGINT, SIG_IGN);
  signal(SIGQUIT, SIG_IGN);
  pid_t command = start(run.mode, argv + next + 1);
  add_tracee(command);
  int status = follow(&run, command);
  if (run.target == 0) fprintf(stderr, "%ld\n", run.count);
  return status;
}
#endif
