// Calls of Linux that Swift's view of the C library does not show.
#ifndef CFILES_H
#define CFILES_H

#include <stddef.h>
#include <sys/types.h>

/// Exchanges two folders of one file system in one step. Returns 0, or an error number.
int cfiles_exchange(const char *one, const char *other);

/// Whether a folder has attributes that a new one beside it would not have: access control lists among them.
/// The labels of a security module do not count: they are given, not set.
int cfiles_has_attributes(const char *folder);

/// Opens a new file in a folder, to be written, that has no name yet and goes with the program. Returns a descriptor, or -1
/// where the file system has no such files.
int cfiles_open_unnamed(const char *folder, mode_t mode);
/// Gives it a name that is free. Returns 0, or an error number.
int cfiles_name_unnamed(int file, const char *path);

/// Sets the time at which a file was last used to now, that of its last change stays. A courtesy: may do nothing.
void cfiles_note_use(const char *path);

/// Lets the disk begin with bytes that were written to a file, so that fsync has less to wait for later. Only a hint:
/// where that cannot be done nothing happens.
void cfiles_begin_writeback(int file, off_t start, off_t length);

/// Keeps the process alive when a page of a mapped file cannot be read, because the file was shortened or its disk
/// fails: the page and those after it then read as zeros, and cfiles_was_damaged says so. Without it the system ends the process
/// (SIGBUS); faults at other addresses still do.
///
/// Returns a number for the range, or -1 when 4096 ranges are guarded already, which leaves this one unguarded.
int cfiles_guard(const void *start, size_t length);
int cfiles_was_damaged(int guard);
/// Ends the guard; before the range is unmapped.
void cfiles_unguard(int guard);

#endif
