#!/usr/bin/env bash
# Opens what the arguments name; without any, a copy of the sample, so that saving in it changes nothing
# that git knows of.
#
#   run.sh BINARY [ARGUMENT…]
#   FATHOM_SKIP_MODEL=1        do not fetch the embedding model
set -euo pipefail

fathom=$1
shift

# The model is fetched once; without it all but text queries by meaning works.
model=${XDG_CACHE_HOME:-$HOME/.cache}/fathom/models/all-MiniLM-L6-v2
has_model() { [[ -s $model/model.safetensors && -s $model/vocab.txt ]]; }
if ! has_model && [[ ${FATHOM_SKIP_MODEL:-} != 1 ]]; then
  echo "fetching the embedding model all-MiniLM-L6-v2 once, 83 MB, into $model"
  "$(dirname "$0")/install-dependencies.sh" --model && "$fathom" model install ||
    echo "going on without it; try again with: fathom model install"
fi
[[ $# -gt 0 ]] && exec "$fathom" "$@"

sample=.build/sample-data/library
if ! has_model; then
  # The same documents with vectors that count words, which need no model.
  sample=.build/sample-data/library-lexical
  if [[ ! -e $sample/index.faiss ]]; then
    "$fathom" build "$sample" sample-data/library/documents.jsonl --embedder hashing 2>/dev/null
  fi
elif ! cmp -s sample-data/library/documents.jsonl "$sample/documents.jsonl"; then
  rm -rf "$sample"
  mkdir -p "$(dirname "$sample")"
  cp -R sample-data/library "$sample"
fi
exec "$fathom" --tour "$sample"
