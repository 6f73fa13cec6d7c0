#ifndef CFUZZER_H
#define CFUZZER_H
#include <stddef.h>
#include <stdint.h>

/// libFuzzer's own loop: mutates what is in the folders that the arguments name and calls `run` with it.
/// compiler-rt/lib/fuzzer/FuzzerInterface.h
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*run)(const uint8_t *bytes, size_t count));

#endif
