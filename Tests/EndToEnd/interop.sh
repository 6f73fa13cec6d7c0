#!/usr/bin/env bash
# LangChain and Fathom edit the same folders in turn and must agree; see interop.py.
#
#   FATHOM_BIN=PATH          the binary to test (default .build/debug/fathom)
#   INTEROP_VERSIONS="A B"   versions of langchain-community, or all (default the newest one)
#   INTEROP_ONLY=REGEX       only the cases whose names match
#   INTEROP_REQUIRED=1       a LangChain that cannot be installed is a failure, not a skip
set -euo pipefail
cd "$(dirname "$0")/../.."

export FATHOM_BIN=${FATHOM_BIN:-$PWD/.build/debug/fathom}
if [[ ! -x $FATHOM_BIN ]]; then
  echo "interop: there is no binary at $FATHOM_BIN; build it or set FATHOM_BIN" >&2
  exit 1
fi

mapfile -t known < <(Tests/EndToEnd/interop-venv.sh --versions)
wanted=${INTEROP_VERSIONS:-${known[-1]}}
[[ $wanted == all ]] && wanted=${known[*]}

failed=0
for version in $wanted; do
  status=0
  python=$(Tests/EndToEnd/interop-venv.sh "$version") || status=$?
  if [[ $status -eq 75 ]]; then
    echo "SKIPPED: interop: LangChain $version: pip could not install it"
    [[ ${INTEROP_REQUIRED:-} == 1 ]] && failed=1
  elif [[ $status -ne 0 ]]; then
    echo "interop: LangChain $version: no private Python environment could be made" >&2
    failed=1
  else
    "$python" -W ignore Tests/EndToEnd/interop.py || failed=1
  fi
done
exit "$failed"
