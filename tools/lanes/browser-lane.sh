#!/usr/bin/env bash
# The console in a real browser.
. "$(dirname "$0")/lane.sh"

settings="$(bash tools/lanes/browser.sh up)" || cannot_start "no browser; the reason is above"
export CHROMIUM="${settings#CHROMIUM=}"
vitest run --project browser
