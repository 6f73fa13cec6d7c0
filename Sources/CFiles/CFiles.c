#include "CFiles.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <sys/xattr.h>

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
