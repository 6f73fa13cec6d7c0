#!/usr/bin/env bash
# Prints the path of a Python that has LangChain's FAISS store, in a private environment in the user's cache.
#
#   interop-venv.sh [VERSION]   of langchain-community: a file of interop-versions, the newest one without it
#   interop-venv.sh --versions  prints these versions instead, the oldest first
#
# Exit 75 when pip could not install it (no network, no registry), 1 when there is no Python for it.
set -euo pipefail
cd "$(dirname "$0")/interop-versions"

mapfile -t versions < <(printf '%s\n' *.txt | sed 's/\.txt$//' | sort -V)
if [[ ${1:-} == --versions ]]; then
  printf '%s\n' "${versions[@]}"
  exit 0
fi
version=${1:-${versions[-1]}}
if [[ ! -f $version.txt ]]; then
  echo "interop: no environment is known for langchain-community $version, only for ${versions[*]}" >&2
  exit 1
fi

cache=${XDG_CACHE_HOME:-$HOME/.cache}/fathom/interop
venv=$cache/langchain-community-$version
mkdir -p "$cache" || exit 1
# Checkouts share the cache: one of them installs, the others wait.
exec 9>"$venv.lock"
flock 9
if [[ ! -x $venv/bin/python ]] || ! cmp -s "$version.txt" "$venv/installed.txt"; then
  rm -rf "$venv"
  python3 -m venv "$venv" >&2 || exit 1
  "$venv/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: -r "$version.txt" >&2 || exit 75
  cp "$version.txt" "$venv/installed.txt"
fi
echo "$venv/bin/python"
