#!/usr/bin/env bash
# Runs Examples/Notebook, which uses the libraries as anybody would, and compares what it prints.
set -euo pipefail
cd "$(dirname "$0")/../.."

notebook=${NOTEBOOK_BIN:-.build/debug/notebook}
if diff -u Examples/Notebook/expected.txt <("$notebook"); then
  echo "notebook: prints what it should: passed"
else
  echo "notebook: prints something else: FAILED"
  exit 1
fi
