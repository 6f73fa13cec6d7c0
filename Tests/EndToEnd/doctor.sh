#!/usr/bin/env bash
# Seeds a store with known defects among clean documents: `fathom doctor` has to name each, and nothing else.
#
#   FATHOM_BIN=PATH   the binary to test (default .build/debug/fathom)
#   DOCTOR_KEEP=PATH  keep the seeded store here
set -euo pipefail
cd "$(dirname "$0")/../.."

export FATHOM_BIN=${FATHOM_BIN:-$PWD/.build/debug/fathom}
status=0
python=$(Tests/EndToEnd/interop-venv.sh) || status=$?
if [[ $status != 0 ]]; then
  echo "SKIPPED: doctor: LangChain cannot be installed here"
  [[ -z ${INTEROP_REQUIRED:-} ]] || exit 1
  exit 0
fi
exec "$python" -W ignore Tests/EndToEnd/doctor.py
