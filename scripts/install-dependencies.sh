#!/usr/bin/env bash
# Makes sure that the Debian packages Fathom links with are there; installs only what is missing.
#
#   install-dependencies.sh [--tests]     --tests: also what the end-to-end tests need
#   install-dependencies.sh --model       also pip, which fetches the embedding model
#   FATHOM_SKIP_DEPENDENCIES=1            trust that everything is there (other systems)
set -euo pipefail

[[ ${FATHOM_SKIP_DEPENDENCIES:-} == 1 ]] && exit 0

# libncurses-dev holds the wide-character library since Debian 10 (before: libncursesw5-dev).
wanted=(libfaiss-dev libopenblas-dev libncurses-dev libsqlite3-dev libssl-dev)
if [[ ${1:-} == --tests ]]; then
  command -v tmux >/dev/null || wanted+=(tmux)
  command -v strace >/dev/null || wanted+=(strace)
  python3 -c 'import venv, ensurepip' 2>/dev/null || wanted+=(python3 python3-venv)
fi

if [[ ${1:-} == --model ]]; then
  python3 -m pip --version >/dev/null 2>&1 || wanted+=(python3 python3-pip)
fi

fail() {
  {
    echo "fathom: $1"
    echo "Please install these packages, then run make again: ${missing[*]}"
    echo "  apt-get install ${missing[*]}"
    echo "If they are there under other names, set FATHOM_SKIP_DEPENDENCIES=1."
  } >&2
  exit 1
}

missing=("${wanted[@]}")
command -v dpkg-query >/dev/null || fail "this is not a Debian system, so its packages cannot be checked."

installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "${wanted[@]}" 2>/dev/null || true)
missing=()
for package in "${wanted[@]}"; do
  grep -qxF "$package installed" <<<"$installed" || missing+=("$package")
done
[[ ${#missing[@]} -eq 0 ]] && exit 0

command -v apt-get >/dev/null || fail "packages are missing, and there is no apt-get to install them."
as_root=()
if [[ $(id -u) -ne 0 ]]; then
  command -v sudo >/dev/null || fail "packages are missing; installing them needs root, and there is no sudo."
  as_root=(sudo)
fi

echo "fathom: installing ${missing[*]}"
apt() { ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get "$@"; }
apt update -qq || fail "the package lists could not be fetched; is there a network?"
apt install -y -qq --no-install-recommends "${missing[@]}" || fail "apt-get could not install the packages."
