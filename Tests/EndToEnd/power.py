"""What a loss of power could take away from a command, by the calls it made.

The model is a disk that keeps nothing but what was forced to it: contents of a file by fsync or fdatasync of the
file, names by fsync of their folder. Takes the log of crash-at.c.
"""
import os

WRITES = {"write", "pwrite64", "writev", "pwritev", "pwritev2", "sendfile", "copy_file_range", "splice", "ftruncate",
          "truncate", "fallocate", "mmap"}
CREATIONS = {"open", "openat", "openat2", "creat", "mkdir", "mkdirat"}
NAMES = {"link", "linkat", "rename", "renameat", "renameat2", "symlink", "symlinkat"}


def problems(log, box, printed):
    """What was not on disk when it should have been.

    `printed` is the file that success is said in; what is in the user's cache or outside `box` may be lost.
    """
    contents, folders, found, previous = set(), set(), [], None
    for line in log.read_text().splitlines():
        number, call, _, path = line.split(" ", 3)
        path = os.path.normpath(os.path.join(box, path))
        is_outside = not path.startswith(f"{os.path.realpath(box)}/") and path != os.path.realpath(box)
        if "/home/" in path or is_outside and path != os.path.realpath(printed):
            continue
        if path == os.path.realpath(printed):
            if call in WRITES and (contents or folders):
                lost = ", ".join(os.path.relpath(name, box) for name in sorted(contents | folders))
                found.append(f"call {number}: success is said, and not on disk is: {lost}")
                contents, folders = set(), set()
        elif call in WRITES:
            contents.add(path)
        elif call in ("fsync", "fdatasync"):
            contents.discard(path)
            folders.discard(path)
        elif call in CREATIONS:
            folders.add(os.path.dirname(path))
        elif call in NAMES:
            if path in contents:
                found.append(f"call {number}: {call} gives a name to {path}, whose content is not on disk")
            folders.add(os.path.dirname(path))
            if call == "renameat2":
                # The folder of this name is another now, which was forced to disk last.
                if not previous or previous[0] != "fsync" or not previous[1].endswith(".fathom-twin"):
                    found.append(f"call {number}: {path} is exchanged for a folder that is not on disk")
                folders.discard(path)
        elif call in ("unlink", "unlinkat"):
            contents.discard(path)
        previous = call, path
    return found


def unforced(log, part):
    """How often something was forced to a file whose path has `part`, and how many writes to such files were still
    not forced to disk when the program changed another file, or ended."""
    forced, waiting, unforced = 0, {}, 0
    for line in log.read_text().splitlines():
        _, call, _, path = line.split(" ", 3)
        unforced += sum(waiting.pop(other) for other in list(waiting) if other != path)
        if part in path and call in WRITES:
            waiting[path] = waiting.get(path, 0) + 1
        elif call in ("fsync", "fdatasync") and waiting.pop(path, 0):
            forced += 1
    return forced, unforced + sum(waiting.values())
