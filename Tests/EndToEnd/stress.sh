#!/usr/bin/env bash
# Random keys, mouse, pastes and resizes on the real program; stress.py says what has to hold.
#
#   FATHOM_BIN=PATH       the binary to test (default .build/debug/fathom)
#   STRESS_EVENTS=10000   how many events
#   STRESS_SEED=NUMBER    repeats a run; every run prints its own
set -euo pipefail
cd "$(dirname "$0")/../.."
export FATHOM_BIN=${FATHOM_BIN:-$PWD/.build/debug/fathom}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 Tests/EndToEnd/stress.py "$work" "${STRESS_EVENTS:-10000}" ${STRESS_SEED:+"$STRESS_SEED"}
