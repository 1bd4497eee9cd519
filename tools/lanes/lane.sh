# Sourced by every *-lane.sh: the project's own Node first, and one way to say that a lane cannot start.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
export PATH="$PWD/node_modules/.bin:$PATH"

# In CI a lane that lacks its part is a failure; on a person's machine a loud, counted skip.
cannot_start() {
  echo "CANNOT START: $1" >&2
  if [ "${CI:-}" = true ]; then
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
  fi
  echo "0 passed, 0 failed, 1 skipped"
  exit 0
}
