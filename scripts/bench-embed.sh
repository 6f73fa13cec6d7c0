#!/usr/bin/env bash
# Compares embedding with onnxruntime fp32 on the same weights; prints a table for the documentation.
#
#   bench-embed.sh [NAME=COMMAND…]    commands as bench_embed.py describes them; without any, Fathom's own
#                                     kernels, those of the processor's instruction sets in turn
#   FATHOM_MODEL=DIR                  the folder with model.safetensors and vocab.txt
#   ROUNDS=5 TEXTS=300                how long it takes
#
# Python packages go into .build/bench-embed, as does the graph. Leave the machine alone meanwhile.
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ $# -eq 0 ]]; then
  program=.build/release/embedding-benchmark
  for set in avx512 bfloat16 avx2; do
    "$program" "$set" </dev/null 2>/dev/null && set -- "$@" "fathom $set=$program $set"
  done
fi
model=${FATHOM_MODEL:-${XDG_CACHE_HOME:-$HOME/.cache}/fathom/models/all-MiniLM-L6-v2}
[[ -r $model/model.safetensors && -r $model/vocab.txt ]] || {
  echo "bench-embed.sh: expected model.safetensors and vocab.txt in $model; install the model first" >&2
  exit 69
}

work=.build/bench-embed
python=$work/venv/bin/python
if [[ ! -e $work/installed ]]; then
  python3 -m venv "$work/venv"
  # sympy is what onnxruntime's optimizer computes shapes with.
  "$python" -m pip install --quiet --disable-pip-version-check \
    onnxruntime==1.31.1 onnx==1.23.2 numpy==2.4.6 tokenizers==0.23.3 sympy
  touch "$work/installed"
fi
graph=$work/minilm.onnx
[[ -s $graph ]] || "$python" scripts/bert_graph.py "$model/model.safetensors" "$graph" >&2

exec "$python" scripts/bench_embed.py --model "$model" --graph "$graph" \
  --corpus sample-data/library/documents.jsonl --rounds "${ROUNDS:-5}" --texts "${TEXTS:-300}" "$@"
