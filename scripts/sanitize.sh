#!/usr/bin/env bash
# Runs the unit tests under a sanitizer, in a build folder of its own.
#
#   scripts/sanitize.sh address|thread [FILTER]
set -euo pipefail
cd "$(dirname "$0")/.."
kind=${1:?address or thread}
build=.build-${kind:0:1}san
# The report of Swift's own runtime on a crash would hide the sanitizer's.
export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0 TSAN_OPTIONS="suppressions=$PWD/scripts/tsan-suppressions halt_on_error=0 exitcode=66"
# A sanitizer's stack frames are several times as large: what is allowed to nest needs as much more room.
ulimit -s 131072
# Where addresses are limited (SmallFilesTests), no sanitizer finds room for its shadow.
swift build --build-tests --sanitize="$kind" --scratch-path "$build"
swift test --skip-build --sanitize="$kind" --scratch-path "$build" --experimental-maximum-parallelization-width 4 \
  --skip SmallFilesTests ${2:+--filter "$2"}
