#!/usr/bin/env bash
# Kills Fathom before every single call that changes the file system, and looks what is left; see crash.py.
#
#   FATHOM_BIN=PATH    the binary to test (default .build/debug/fathom)
#   CRASH_STEP=N       try every N-th point only (default 1)
#   CRASH_ONLY=REGEX   only the scenarios whose names match
#   CRASH_JOBS=N       scenarios at a time (default 2)
set -euo pipefail
cd "$(dirname "$0")/../.."

export FATHOM_BIN=${FATHOM_BIN:-$PWD/.build/debug/fathom}
if [[ ! -x $FATHOM_BIN ]]; then
  echo "crash: there is no binary at $FATHOM_BIN; build it or set FATHOM_BIN" >&2
  exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

compiler=$(command -v cc || command -v clang || true)
if [[ $(uname -sm) != "Linux x86_64" || -z $compiler ]]; then
  echo "SKIPPED: crash: crash-at needs Linux on x86_64 and a C compiler"
  exit 0
fi
"$compiler" -std=gnu17 -O1 -Wall -Wextra -Werror -o "$work/crash-at" Tests/EndToEnd/crash-at.c
if ! "$work/crash-at" 0 true 2>/dev/null; then
  echo "SKIPPED: crash: processes cannot be traced here"
  exit 0
fi

status=0
python=$(Tests/EndToEnd/interop-venv.sh) || status=$?
if [[ $status -ne 0 ]]; then
  echo "SKIPPED: crash: loading what is left in LangChain, which could not be installed"
  python=python3
fi
status=0
"$python" -W ignore Tests/EndToEnd/crash.py "$work/crash-at" "$work/saves" || status=1
python3 Tests/EndToEnd/session.py "$work/crash-at" "$work/sessions" || status=1
exit "$status"
