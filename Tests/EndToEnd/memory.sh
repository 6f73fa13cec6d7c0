#!/usr/bin/env bash
# Opens, searches, filters, deletes from and saves a million documents of 384 dimensions with 2 GB of memory of its own.
#
#   memory.sh [ROWS] [MEGABYTES]
#
# The store is that of make bench, which has to have made it. The limit is RLIMIT_DATA: what a program has for itself
# alone; mapped files are the system's to keep or drop, and stay outside. Prints the time and the most memory of each
# step.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
exec python3 "$here/memory.py" "${FATHOM_BIN:-$here/../../.build/release/fathom}" \
  "${XDG_CACHE_HOME:-$HOME/.cache}/fathom/bench/${1:-1000000}x384/whole" "${2:-2000}"
