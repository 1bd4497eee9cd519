#!/usr/bin/env bash
# Finds bubblewrap, the program of the outer sandbox, or installs Debian's as root, and prints BWRAP=path.
#
#   tools/lanes/sandbox.sh up      the one on PATH, else the one that the Codex CLI brings (CODEX_BIN), else a new one
#   tools/lanes/sandbox.sh down    has nothing to stop
#
# BWRAP from outside is used as it is. Callers at the same time wait for each other. A wall is built before a path is
# printed: a program that cannot build one is as good as none.
set -u

say() { printf '%s\n' "sandbox lane: $*" >&2; }
die() { say "$*"; exit 1; }

case "${1:-}" in up) ;; down) exit 0 ;; *) die "usage: sandbox.sh up|down" ;; esac

find_bwrap() {
  if [ -n "${BWRAP:-}" ]; then echo "$BWRAP"; return; fi
  command -v bwrap && return
  local bundled
  bundled="$(dirname "$(dirname "${CODEX_BIN:-/nowhere/bin/codex}")")/codex-resources/bwrap"
  [ -x "$bundled" ] && echo "$bundled"
}

install_bwrap() {
  [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null || return 1
  exec 9> "${TMPDIR:-/tmp}/codex-loop-sandbox.lock"
  flock 9
  # Whoever had the lock before may have installed it.
  ! command -v bwrap > /dev/null || return 0
  say "installing Debian's bubblewrap"
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -q && apt-get install -q -y --no-install-recommends bubblewrap; } >&2
}

found="$(find_bwrap)" || { install_bwrap || say "bubblewrap could not be installed from here"; found="$(find_bwrap)"; } ||
  die "no bubblewrap: install your system's package, or set BWRAP"
why="$("$found" --unshare-user --unshare-pid --ro-bind / / --dev /dev --proc /proc true 2>&1)" ||
  die "$found cannot build a wall: $why"
printf 'BWRAP=%s\n' "$found"
