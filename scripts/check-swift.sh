#!/usr/bin/env bash
# Says clearly when there is no Swift toolchain, or one too old for this package.
set -euo pipefail

needed=6.1
hint="Install Swift $needed or newer (https://www.swift.org/install/linux/), put its usr/bin on PATH, then run make again."

if ! command -v swift >/dev/null; then
  echo "fathom: there is no swift on PATH. $hint" >&2
  exit 1
fi
found=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)
if [[ -z $found ]]; then
  echo "fathom: 'swift --version' does not name a version of the Swift toolchain. $hint" >&2
  exit 1
fi
if [[ $(printf '%s\n' "$needed" "$found" | sort -V | head -n 1) != "$needed" ]]; then
  echo "fathom: Swift $found is too old. $hint" >&2
  exit 1
fi
