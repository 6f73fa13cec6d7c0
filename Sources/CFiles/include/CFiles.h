// Calls of Linux that Swift's view of the C library does not show.
#ifndef CFILES_H
#define CFILES_H

/// Exchanges two folders of one file system in one step. Returns 0, or an error number.
int cfiles_exchange(const char *one, const char *other);

/// Whether a folder has attributes that a new one beside it would not have: access control lists among them.
/// The labels of a security module do not count: they are given, not set.
int cfiles_has_attributes(const char *folder);

#endif
