#!/usr/bin/env bash
# Opens every hostile fixture under strace: no process may be started and no socket made.
#
#   FATHOM_BIN=PATH   the binary to test (default .build/debug/fathom)
set -euo pipefail
cd "$(dirname "$0")/../.."

bin=${FATHOM_BIN:-$PWD/.build/debug/fathom}
trace=$(mktemp)
trap 'rm -f "$trace"' EXIT

if ! strace -o "$trace" true 2>/dev/null; then
  echo "SKIPPED: no-code: strace cannot trace processes here"
  exit 0
fi

count=0
for folder in Tests/Fixtures/stores/hostile/*/; do
  [[ -f $folder/index.pkl ]] || continue
  strace -f -e trace=execve,socket -o "$trace" "$bin" list "$folder" --json >/dev/null 2>&1 || true
  calls=$(grep -cE 'execve\(|socket\(' "$trace" || true)
  # The one call is strace starting the program itself.
  if [[ $calls != 1 ]]; then
    echo "no-code: FAILED: opening $folder made $((calls - 1)) forbidden calls:" >&2
    grep -E 'execve\(|socket\(' "$trace" >&2
    exit 1
  fi
  count=$((count + 1))
done
[[ $count -gt 100 ]] || { echo "no-code: FAILED: only $count fixtures were found" >&2; exit 1; }
echo "no-code: $count hostile stores opened, nothing was run: passed"
