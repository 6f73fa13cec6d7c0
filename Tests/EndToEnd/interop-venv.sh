#!/usr/bin/env bash
# Prints the path of a Python that has LangChain's FAISS store, in a private environment under .build.
#
#   interop-venv.sh [VERSION]   of langchain-community: 0.4.2 (the default), 0.3.31, 0.2.19 or 0.0.20
#
# Exit 75 when pip could not install it (no network, no registry), 1 when there is no Python for it.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=${1:-0.4.2}
case $version in
  0.4.2) packages=(langchain-community==0.4.2 faiss-cpu==1.15.1) ;;
  0.3.31) packages=(langchain-community==0.3.31 faiss-cpu==1.11.0 "numpy<2.3") ;;
  0.2.19) packages=(langchain-community==0.2.19 faiss-cpu==1.8.0.post1 "numpy<2") ;;
  0.0.20) packages=(langchain-community==0.0.20 faiss-cpu==1.7.4 "numpy<2") ;;
  *)
    echo "interop: no environment is known for langchain-community $version" >&2
    exit 1
    ;;
esac
venv=$PWD/.build/interop-venv-$version
installed=$venv/installed

if [[ ! -f $installed || $(<"$installed") != "${packages[*]}" ]]; then
  rm -rf "$venv"
  mkdir -p .build
  python3 -m venv "$venv" >&2 || exit 1
  "$venv/bin/pip" install --quiet --disable-pip-version-check "${packages[@]}" >&2 || exit 75
  echo "${packages[*]}" >"$installed"
fi
echo "$venv/bin/python"
