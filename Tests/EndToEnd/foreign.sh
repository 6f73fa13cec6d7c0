#!/usr/bin/env bash
# What a terminal would obey, and keys: that neither gets out. injection.py and key_secrecy.py say what has to hold.
#
#   FATHOM_BIN=PATH   the binary to test (default .build/debug/fathom)
set -euo pipefail
cd "$(dirname "$0")/../.."
export FATHOM_BIN=${FATHOM_BIN:-$PWD/.build/debug/fathom}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
mkdir "$work/injection" "$work/secrets"
python3 Tests/EndToEnd/injection.py "$work/injection" || status=1
python3 Tests/EndToEnd/key_secrecy.py "$work/secrets" || status=1
exit "$status"
