#!/usr/bin/env bash
# Prints the path of a Python that has LangChain's FAISS store, in a private environment under .build.
# Exit 75 when pip could not install it (no network, no registry), 1 when there is no Python for it.
set -euo pipefail
cd "$(dirname "$0")/../.."

packages=(langchain-community==0.4.2 faiss-cpu==1.15.1)
venv=$PWD/.build/interop-venv
installed=$venv/installed

if [[ ! -f $installed || $(<"$installed") != "${packages[*]}" ]]; then
  rm -rf "$venv"
  mkdir -p .build
  python3 -m venv "$venv" >&2 || exit 1
  "$venv/bin/pip" install --quiet --disable-pip-version-check "${packages[@]}" >&2 || exit 75
  echo "${packages[*]}" >"$installed"
fi
echo "$venv/bin/python"
