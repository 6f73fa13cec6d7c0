#!/usr/bin/env bash
# LangChain and Fathom edit the same folders in turn and must agree; see interop.py.
#
#   FATHOM_BIN=PATH       the binary to test (default .build/debug/fathom)
#   INTEROP_REQUIRED=1    a LangChain that cannot be installed is a failure, not a skip
set -euo pipefail
cd "$(dirname "$0")/../.."

export FATHOM_BIN=${FATHOM_BIN:-$PWD/.build/debug/fathom}
if [[ ! -x $FATHOM_BIN ]]; then
  echo "interop: there is no binary at $FATHOM_BIN; build it or set FATHOM_BIN" >&2
  exit 1
fi

status=0
python=$(Tests/EndToEnd/interop-venv.sh) || status=$?
if [[ $status -eq 75 ]]; then
  echo "SKIPPED: interop with LangChain: pip could not install langchain-community and faiss-cpu"
  [[ ${INTEROP_REQUIRED:-} == 1 ]] && exit 1
  exit 0
elif [[ $status -ne 0 ]]; then
  echo "interop: no private Python environment could be made" >&2
  exit 1
fi
exec "$python" -W ignore Tests/EndToEnd/interop.py
