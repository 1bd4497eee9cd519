#!/usr/bin/env bash
# The console in a real browser.
. "$(dirname "$0")/lane.sh"

settings="$(bash tools/lanes/browser.sh up)" || cannot_start "no browser; the reason is above"
export CHROMIUM="${settings#CHROMIUM=}"
# The live tests watch runs, and a run needs its walls.
bash tools/lanes/sandbox.sh up >/dev/null || cannot_start "no outer sandbox; the reason is above"
vitest run --project browser
