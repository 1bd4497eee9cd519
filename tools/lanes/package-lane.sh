#!/usr/bin/env bash
# What a stranger gets: the packed program, installed into an empty directory and run with an empty HOME.
. "$(dirname "$0")/lane.sh"

checkout="$PWD"
scratch="$(mktemp -d)"
mkdir "$scratch/home" "$scratch/project"
passed=0 failed=0

finish() {
  rm -rf "$scratch"
  echo "$passed passed, $failed failed, 0 skipped"
  exit $((failed > 0))
}
trap finish EXIT

check() {
  local what="$1"
  shift
  if "$@" >"$scratch/log" 2>&1; then
    passed=$((passed + 1))
    echo "ok      $what"
  else
    failed=$((failed + 1))
    echo "FAILED  $what"
    sed 's/^/        /' "$scratch/log"
    return 1
  fi
}

# The person's npm settings and cache stay in use: they may be the only way to a registry.
install_packed() {
  npm_config_userconfig="$(npm config get userconfig)" npm_config_cache="$(npm config get cache)" HOME="$scratch/home" \
    npm install --prefix "$scratch/project" --no-audit --no-fund "$scratch"/codex-loop-*.tgz
}

installed() {
  local node="$1"
  shift
  (cd "$scratch/project" && env -u CODEX_HOME -u CODEX_LOOP_HOME HOME="$scratch/home" "$node" "$program" "$@")
}

says_version() {
  [ "$(installed "$own_node" --version | tail -n 1)" = "$(node -p 'require("./package.json").version')" ]
}

daily_reads_samples() {
  installed "$own_node" daily --codex-home "$sample" --json >"$scratch/daily.json" || return 1
  cat "$scratch/daily.json"
  node -e '
    const { ingest, signals } = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
    process.exitCode = ingest.sessions > 0 && ingest.tool_calls > 0 && signals.friction > 0 ? 0 : 1;
  ' "$scratch/daily.json"
}

# The runner is a program of its own in the package too, and what it runs stands behind real walls.
demo_runs() {
  bash "$checkout/tools/lanes/sandbox.sh" up || return 1
  installed "$own_node" demo run --json >"$scratch/demo.json" || { cat "$scratch/demo.json"; return 1; }
  node -e '
    const { state, simulated, attempts } = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
    process.exitCode = state === "completed" && simulated && attempts[0].outcome === "succeeded" ? 0 : 1;
  ' "$scratch/demo.json"
}

carries_the_right_files() {
  local files
  files="$(tar -tzf "$scratch"/codex-loop-*.tgz)" || return 1
  for wanted in bin/codex-loop.js dist/main.js dist/cli/runner.js dist/web/index.html dist/samples/ prompts/executor.md LICENSE README.md; do
    grep -q "^package/$wanted" <<<"$files" || { echo "missing: $wanted"; return 1; }
  done
  ! grep -E '^package/(src|test|tools|web)/|served\.json|exec-events|\.test\.' <<<"$files"
}

old_node_gets_three_lines() {
  local said code
  said="$(installed "$old_node" report 2>&1 >/dev/null)"
  code=$?
  echo "$said"
  [ "$code" -eq 1 ] && [ "$(wc -l <<<"$said")" -eq 3 ]
}

own_node="$checkout/node_modules/node/bin/node"
program="$scratch/project/node_modules/codex-loop/bin/codex-loop.js"
sample="$checkout/samples/0.169.0/exec-failure"

check "npm pack" npm pack --pack-destination "$scratch" || exit
check "the package carries program, page and recordings, and neither sources nor ground truth" carries_the_right_files
check "npm install into an empty directory" install_packed || exit
check "codex-loop --version" says_version
check "codex-loop daily on a sample home finds sessions and friction" daily_reads_samples

check "codex-loop demo run mends a failing test behind walls" demo_runs

# Any Node older than ours on this machine will do: its answer does not depend on which.
old_node="$(PATH="${PATH##*node_modules/.bin:}" command -v node)"
if [ "$("$old_node" -p 'process.versions.node.split(".")[0] < 24')" = true ]; then
  check "Node $("$old_node" --version) gets the three-line error" old_node_gets_three_lines
else
  echo "        no older Node on this machine; test/scenarios/launcher.test.ts feigns one"
fi
