#!/usr/bin/env bash
# A long life on the screen: soak.py says what is done and what has to hold.
#
#   FATHOM_BIN=PATH   the binary to test (default .build/debug/fathom)
#   soak.sh SECONDS   how long (3600)
set -euo pipefail
cd "$(dirname "$0")/../.."
export FATHOM_BIN=${FATHOM_BIN:-$PWD/.build/debug/fathom}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 Tests/EndToEnd/soak.py "$work" "${1:-3600}"
