#!/usr/bin/env bash
# `npm run check`, one count per step.
. "$(dirname "$0")/lane.sh"

log="$(mktemp)"
trap 'rm -f "$log"' EXIT
NO_COLOR=1 npm run --silent check | tee "$log"
code="${PIPESTATUS[0]}"
echo "$(grep -cE ' s  ok$' "$log") passed, $(grep -cE ' s  FAILED$' "$log") failed, 0 skipped"
exit "$code"
