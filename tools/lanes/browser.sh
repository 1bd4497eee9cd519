#!/usr/bin/env bash
# Finds a Chromium, or installs Debian's as root, and prints CHROMIUM=path. `down` has nothing to stop.
set -u
[ "${1:-up}" = up ] || exit 0

find_chromium() {
  command -v "${CHROMIUM:-chromium}" || command -v chromium-browser || command -v google-chrome
}

if ! found="$(find_chromium)"; then
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || { echo "no Chromium: install one, or set CHROMIUM" >&2; exit 1; }
  exec 9>"${TMPDIR:-/tmp}/codex-loop-browser.lock"
  flock 9
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -q && apt-get install -q -y --no-install-recommends chromium fonts-dejavu-core; } >&2 || exit 1
  found="$(find_chromium)" || { echo "Chromium was installed and is still not on PATH" >&2; exit 1; }
fi
echo "CHROMIUM=$found"
