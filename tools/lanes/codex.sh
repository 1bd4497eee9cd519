#!/usr/bin/env bash
# The real Codex CLI of the version that our contract test has proven, and the program of the outer sandbox.
#
#   tools/lanes/codex.sh up      installs what is missing, prints CODEX_BIN=… and BWRAP=… on stdout
#   tools/lanes/codex.sh down    has nothing to stop; the installed files stay for the next time
#
# CODEX_BIN from outside is used as it is. Callers at the same time wait for each other; a second `up` finds the first one's files.
set -euo pipefail

readonly VERSION=0.169.0
say() { printf '%s\n' "codex lane: $*" >&2; }
die() { say "$*"; exit 1; }

verb="${1:-}"
case "$verb" in up) ;; down) exit 0 ;; *) die "usage: codex.sh up|down" ;; esac

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
folder="${XDG_CACHE_HOME:-$HOME/.cache}/codex-loop/codex-$VERSION"

# The program itself, not the npm wrapper: a killed wrapper leaves it running.
vendored() { find "$folder/node_modules/@openai" -path '*/vendor/*/bin/codex' -type f -perm -u+x 2> /dev/null | head -n 1; }
is_right() { [ -n "$1" ] && [ "$("$1" --version 2> /dev/null)" = "codex-cli $VERSION" ]; }

install_codex() {
  mkdir -p "$folder"
  exec 9> "$folder/lock"
  flock 9
  ! is_right "$(vendored)" || return 0
  say "installing @openai/codex@$VERSION (404 MB unpacked)"
  # Into a folder without a package.json above it that could pin something else; scripts stay off, it needs none.
  npm install --prefix "$folder" --no-save --no-audit --no-fund --ignore-scripts --loglevel=error "@openai/codex@$VERSION" >&2
  is_right "$(vendored)" || die "@openai/codex@$VERSION was installed and does not say so: $("$(vendored)" --version 2>&1 || true)"
}

if [ -n "${CODEX_BIN:-}" ]; then
  is_right "$CODEX_BIN" || die "CODEX_BIN=$CODEX_BIN is not codex-cli $VERSION"
else
  install_codex
  CODEX_BIN="$(vendored)"
fi

sandbox="$(CODEX_BIN="$CODEX_BIN" bash "$here/sandbox.sh" up)" || die "no outer sandbox; the reason is above"
printf 'CODEX_BIN=%s\n%s\n' "$CODEX_BIN" "$sandbox"
