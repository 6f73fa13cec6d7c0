#!/usr/bin/env bash
# Compares Fathom's tokenizer with HuggingFace's on random Unicode strings; see check-tokenizer.py.
#
#   check-tokenizer.sh [COUNT]      how many strings, 10,000 without it
#   FATHOM_BIN=PATH                 the binary to test (default .build/release/fathom)
#   MODEL_DIR=PATH                  a folder with vocab.txt (default: where `fathom model install` puts it)
set -euo pipefail
cd "$(dirname "$0")/.."

venv=.build/tokenizer-venv
if [[ ! -x $venv/bin/python ]] || ! "$venv/bin/python" -c 'import tokenizers' 2>/dev/null; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check 'tokenizers==0.23.3'
fi
export FATHOM_BIN=${FATHOM_BIN:-.build/release/fathom}
export MODEL_DIR=${MODEL_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/fathom/models/all-MiniLM-L6-v2}
exec "$venv/bin/python" scripts/check-tokenizer.py "${1:-10000}"
