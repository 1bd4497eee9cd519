#!/usr/bin/env bash
# Contract and scenario suites on a real Postgres with pgvector. A TEST_DATABASE_URL from outside is used and never stopped.
. "$(dirname "$0")/lane.sh"

if [ -z "${TEST_DATABASE_URL:-}" ]; then
  settings="$(bash tools/lanes/postgres.sh up)" || cannot_start "tools/lanes/postgres.sh up failed; its own words are above"
  # On a person's machine somebody else may be using the same server: it stays until `postgres.sh down`.
  [ "${CI:-}" != true ] || trap 'env -u TEST_DATABASE_URL bash tools/lanes/postgres.sh down' EXIT
  while IFS='=' read -r name value; do
    case "$name" in [A-Z]*) export "$name=$value" ;; esac
  done <<<"$settings"
fi
[ -n "${TEST_DATABASE_URL:-}" ] || cannot_start "tools/lanes/postgres.sh up printed no TEST_DATABASE_URL"

vitest run --project unit --project world test/contracts test/scenarios
