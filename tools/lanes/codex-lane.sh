#!/usr/bin/env bash
# The contract with the real Codex CLI: our adapter, the real program, a scripted model on loopback. No account, no key.
. "$(dirname "$0")/lane.sh"

settings="$(bash tools/lanes/codex.sh up)" || cannot_start "tools/lanes/codex.sh up failed; its own words are above"
while IFS='=' read -r name value; do
  case "$name" in [A-Z]*) export "$name=$value" ;; esac
done <<<"$settings"
vitest run --project codex
