import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { trashOf } from "../../src/adapters/disk/trash.ts";
import { attemptBench } from "../fakes/runner/attempt-bench.ts";
import { git } from "../fakes/runner/target-repository.ts";

const WRITE = { write: { path: "src/new.txt", text: "new\n" } };

test("[RUN-8][RUN-2] a scripted attempt leaves a commit of ours, a bundle, and checks that ran on it", async () => {
  using bench = attemptBench({
    steps: [WRITE, { run: ["sh", "-c", "echo more >> src/new.txt"] }, { say: "I added a file." }],
    order: { acceptance: [{ name: "content", run: "grep more src/new.txt", timeout: 10 }] },
  });
  const end = await bench.run();
  expect(end.kind).toBe("ended");
  const verdict = bench.host.verdict;
  expect(verdict).toMatchObject({ outcome: "succeeded", failure: null, turns: 1, toolCalls: 2, survivors: 0 });
  expect(verdict?.checks).toMatchObject([{ name: "content", passed: true, exitCode: 0, timedOut: false }]);
  expect(verdict?.change?.files).toEqual([{ path: "src/new.txt", added: 2, removed: 0 }]);
  expect([...bench.host.artifacts.keys()].toSorted()).toEqual(["branch.bundle", "patch.diff", "test.log"]);
  expect(bench.host.artifacts.get("test.log")).toMatch(/^# content\n\$ grep more src\/new\.txt\nmore\n\[exit 0 after /);
  expect(verdict?.absent).toMatchObject({ "plan.md": "not_asked", "review.md": "not_asked" });
  expect(existsSync(bench.launch.folder)).toBe(false);
  expect(git(bench.repository, "status", "--porcelain")).toBe("");
  expect(bench.host.events()).toEqual(expect.arrayContaining(["cloned", "phase", "committed", "check_ended", "ended"]));
});

test("[RUN-8] the commit carries the trailers and comes out of the bundle", async () => {
  using bench = attemptBench({ steps: [WRITE], launch: { keep: true } });
  await bench.run();
  const bundle = join(bench.launch.folder, "out", "branch.bundle");
  git(bench.repository, "fetch", "--quiet", bundle, "codex-loop/attempt-1:result");
  expect(
    git(bench.repository, "log", "-1", "--format=%an|%s|%(trailers:key=Codex-Loop-Attempt,valueonly)", "result"),
  ).toBe("Codex Loop|Add a file|attempt-1");
});

test("[RUN-8] an attempt that leaves no change has failed, after one reminder", async () => {
  using bench = attemptBench({ steps: [{ say: "Nothing to do." }] });
  await bench.run();
  expect(bench.host.verdict).toMatchObject({
    outcome: "failed",
    failure: { code: "NO_CHANGE" },
    turns: 2,
    change: null,
  });
  expect(bench.host.verdict?.failure?.detail).toContain("Nothing to do.");
  expect(bench.host.verdict?.absent).toMatchObject({ "patch.diff": "not_reached", "branch.bundle": "not_reached" });
});

test("[RUN-2] a script that could not write says so, and where", async () => {
  using bench = attemptBench({ steps: [{ write: { path: "README.md/new.txt", text: "x" } }, WRITE] });
  await bench.run();
  expect(bench.host.verdict).toMatchObject({ outcome: "failed", failure: { code: "AGENT_FAILED" } });
  expect(bench.host.verdict?.failure?.detail).toContain("could not write README.md/new.txt");
  using outside = attemptBench({ steps: [{ write: { path: "../new.txt", text: "x" } }] });
  await outside.run();
  expect(outside.host.verdict).toMatchObject({ outcome: "failed", failure: { code: "INVALID_SCRIPT" } });
  expect(outside.host.verdict?.failure?.detail).toContain('"../new.txt" is outside of the work tree');
});

test("[RUN-8] acceptance sees the commit alone: what the agent left beside it does not help", async () => {
  using bench = attemptBench({
    files: { "README.md": "Hello\n", ".gitignore": "helper\n" },
    steps: [WRITE, { write: { path: "helper", text: "x" } }],
    order: {
      acceptance: [
        { name: "helper", run: "test -e helper", timeout: 10 },
        { name: "second", run: ["true"], timeout: 10 },
      ],
    },
  });
  await bench.run();
  expect(bench.host.verdict).toMatchObject({ outcome: "failed", failure: { code: "ACCEPTANCE_COMMAND_FAILED" } });
  expect(bench.host.verdict?.checks.map((check) => check.passed)).toEqual([false, true]);
  expect(bench.host.verdict?.change).not.toBeNull();
});

test("[RUN-8] an acceptance command that hangs is ended at its time", async () => {
  using bench = attemptBench({
    steps: [WRITE],
    order: { acceptance: [{ name: "hang", run: "sleep 60 & sleep 60", timeout: 0.3 }] },
  });
  await bench.run();
  expect(bench.host.verdict?.checks).toMatchObject([{ passed: false, exitCode: null, timedOut: true }]);
  expect(bench.host.verdict?.checks[0]?.seconds).toBeLessThan(10);
});

test("[RUN-5] a hundred megabytes of output cost little memory and do not stop the run", async () => {
  const loud = "head -c 104857600 /dev/zero | tr '\\\\0' 'x'";
  using bench = attemptBench({
    steps: [WRITE, { run: ["sh", "-c", loud] }],
    order: { acceptance: [{ name: "loud", run: loud, timeout: 60 }] },
  });
  await bench.run();
  expect(bench.host.verdict).toMatchObject({ outcome: "succeeded" });
  const log = bench.host.artifacts.get("test.log") ?? "";
  expect(log.length).toBeLessThan(2 * 1024 * 1024);
  expect(log).toContain("bytes are left out here");
});

test("[RUN-5] more tool calls than allowed end the attempt as capped, in the middle of a call", async () => {
  using bench = attemptBench({
    steps: [WRITE, { run: ["true"] }, { run: ["sleep", "60"] }],
    order: { caps: { minutes: 5, turns: 3, responses: 10, toolCalls: 2, tokens: 1, microDollars: 1 } },
  });
  await bench.run();
  expect(bench.host.verdict).toMatchObject({ outcome: "capped", failure: { code: "CAP_TOOL_CALLS" }, toolCalls: 3 });
});

test("[RUN-5] the wall clock ends an agent that hangs, and nothing of it survives", async () => {
  using bench = attemptBench({
    steps: [{ run: ["sh", "-c", "sleep 61 & exec sleep 62"] }],
    order: { caps: { minutes: 0.01, turns: 3, responses: 10, toolCalls: 20, tokens: 1, microDollars: 1 } },
  });
  await bench.run();
  expect(bench.host.verdict).toMatchObject({ outcome: "capped", failure: { code: "CAP_MINUTES" }, survivors: 0 });
});

const NOWHERE = "</dev/null >/dev/null 2>&1";
const UNTIL_AWAY = "until [ -e away ]; do :; done; rm away";

test("[RUN-5] a daemon that left its group is hunted down and counted", async () => {
  using bench = attemptBench({
    // The shell ends only when the daemon has a session of its own.
    steps: [WRITE, { run: ["sh", "-c", `setsid -f sh -c ': > away; exec sleep 63' ${NOWHERE}; ${UNTIL_AWAY}`] }],
  });
  await bench.run();
  expect(bench.host.verdict).toMatchObject({ outcome: "succeeded", survivors: 1 });
  expect(bench.host.events()).toContain("survivors");
});

test("[RUN-5] usage that a cap refuses ends the attempt with the host's own reason", async () => {
  using bench = attemptBench({
    steps: [{ usage: { input: 10, output: 1 } }, { usage: { input: 10, output: 1 } }, WRITE],
  });
  bench.host.spendable = 15;
  bench.host.onLine = ({ event }) => {
    if (event === "refused") bench.host.pulse = { stop: { wish: "safe", code: "CAP_TOKENS" } };
  };
  await bench.run();
  expect(bench.host.events()).toEqual(expect.arrayContaining(["spent", "refused"]));
  expect(bench.host.verdict).toMatchObject({ outcome: "capped", failure: { code: "CAP_TOKENS" }, toolCalls: 0 });
});

test("[RUN-12] a safe stop lets the turn end, a stop at once does not", async () => {
  using safe = attemptBench({ steps: [{ sleep: 0.2 }, WRITE] });
  safe.host.pulse = { stop: { wish: "safe", code: "KILL_SWITCH_ACTIVE" } };
  await safe.run();
  expect(safe.host.verdict).toMatchObject({ outcome: "cancelled", failure: { code: "KILL_SWITCH_ACTIVE" } });

  using now = attemptBench({ steps: [{ run: ["sleep", "60"] }] });
  now.host.onLine = ({ event }) => {
    if (event === "call_started") now.host.pulse = { stop: { wish: "now", code: "CANCELLED" } };
  };
  const begun = performance.now();
  await now.run();
  expect(now.host.verdict).toMatchObject({ outcome: "cancelled", failure: { code: "CANCELLED" } });
  expect(performance.now() - begun).toBeLessThan(2_000);
  expect(existsSync(now.launch.folder)).toBe(false);
});

test("[RUN-5] a runner that lost its host ends its group and leaves nothing behind", async () => {
  using bench = attemptBench({ steps: [{ run: ["sleep", "60"] }] });
  bench.host.onLine = ({ event }) => {
    if (event === "call_started") bench.host.trouble = "silent";
  };
  const end = await bench.run();
  expect(end).toMatchObject({ kind: "untold", verdict: { outcome: "lost", failure: { code: "HOST_LOST" } } });
  // It may only have been away: the last word is tried once more.
  expect(bench.host.unwanted).toEqual(["done"]);
  expect(existsSync(bench.launch.folder)).toBe(false);
});

test("[RUN-5] a runner whose attempt went to somebody else says not one word more", async () => {
  using bench = attemptBench({
    steps: [WRITE],
    order: { acceptance: [{ name: "long", run: ["sleep", "60"], timeout: 120 }] },
  });
  bench.host.onLine = ({ event }) => {
    if (event === "check_started") bench.host.trouble = "stale";
  };
  const end = await bench.run();
  expect(end.kind).toBe("untold");
  expect(bench.host.unwanted).toEqual([]);
  expect(existsSync(bench.launch.folder)).toBe(false);
});

test("[RUN-5] a runner that is told to end does, and says that it was lost", async () => {
  using bench = attemptBench({ steps: [{ run: ["sleep", "60"] }] });
  bench.host.onLine = ({ event }) => {
    if (event === "call_started") bench.stop.abort();
  };
  await bench.run();
  expect(bench.host.verdict).toMatchObject({ outcome: "lost", failure: { code: "RUNNER_LOST" } });
});

test("[RUN-7] a denial is told to the agent with its reason; a grant runs the command", async () => {
  const ask = { ask: { command: ["sh", "-c", "echo asked > asked.txt"], reason: "to see" } };
  using denied = attemptBench({ steps: [WRITE, ask] });
  denied.host.answer = () => Promise.resolve({ kind: "denied", by: "person", reason: "not today" });
  await denied.run();
  expect(denied.host.asked).toMatchObject([{ action: "command", reason: "to see" }]);
  expect(denied.host.lines).toContainEqual(
    expect.objectContaining({ event: "said", text: "It was denied: not today" }),
  );
  expect(denied.host.verdict?.change?.files.map(({ path }) => path)).toEqual(["src/new.txt"]);

  using granted = attemptBench({ steps: [WRITE, ask] });
  await granted.run();
  expect(granted.host.verdict?.change?.files.map(({ path }) => path)).toEqual(["asked.txt", "src/new.txt"]);
});

test("[RUN-7] time that a person takes to answer does not count", async () => {
  using bench = attemptBench({
    steps: [WRITE, { ask: { command: ["true"], reason: "to see" } }],
    order: { caps: { minutes: 0.02, turns: 3, responses: 10, toolCalls: 20, tokens: 1, microDollars: 1 } },
  });
  bench.host.answer = () =>
    new Promise((resolve) => setTimeout(() => resolve({ kind: "granted", by: "person" }), 1_500));
  await bench.run();
  expect(bench.host.verdict).toMatchObject({ outcome: "succeeded" });
});

test("[POL-3] what speaks for the repository is never the agent's to change", async () => {
  using bench = attemptBench({ steps: [{ write: { path: ".codex-loop/policy.yaml", text: "rules: []" } }] });
  await bench.run();
  expect(bench.host.verdict).toMatchObject({
    outcome: "failed",
    failure: { code: "PROTECTED_PATHS_VIOLATION" },
    change: null,
  });
  expect([...bench.host.artifacts.keys()]).toEqual(["patch.diff"]);
});

test("[RUN-9] a NUL in front of a secret keeps it from no guard", async () => {
  const key = ["ghp", "16C7e42F292c6912E7710c838347Ae178B4a"].join("_");
  using bench = attemptBench({ steps: [{ write: { path: "data.bin", text: `\0\n${key}\n` } }] });
  await bench.run();
  const failure = { code: "SECRET_PATTERN_DETECTED" };
  expect(bench.host.verdict).toMatchObject({ outcome: "failed", failure, change: null });
  expect([...bench.host.artifacts.keys()]).toEqual(["patch.diff"]);
});

test("[RUN-3] setup runs once for the same lock file, and its folders are no part of the change", async () => {
  const files = { "package-lock.json": "{}", "README.md": "Hello\n" };
  const setup = ["mkdir -p deps && echo dep > deps/one && echo home > $HOME/kept && echo ran >> ../../../../ran"];
  const acceptance = [{ name: "deps", run: "grep dep deps/one && grep home $HOME/kept", timeout: 10 }];
  using bench = attemptBench({ files, steps: [WRITE], order: { setup, acceptance } });
  await bench.run();
  expect(bench.host.verdict).toMatchObject({ outcome: "succeeded" });
  expect(bench.host.verdict?.change?.files.map(({ path }) => path)).toEqual(["src/new.txt"]);
  // Once for the work tree; the verify clone and the second attempt got copies.
  await bench.run();
  expect(bench.host.verdict).toMatchObject({ outcome: "succeeded" });
  expect(readFileSync(join(bench.folder, "ran"), "utf8")).toBe("ran\n");
});

test("[RUN-8] the agent cannot change the dependencies that acceptance runs with", async () => {
  const files = { "package-lock.json": "{}", "README.md": "Hello\n" };
  using bench = attemptBench({
    files,
    steps: [WRITE, { write: { path: "deps/one", text: "mine" } }],
    order: {
      setup: ["mkdir -p deps && echo dep > deps/one"],
      acceptance: [{ name: "deps", run: "grep dep deps/one", timeout: 10 }],
    },
  });
  await bench.run();
  expect(bench.host.verdict).toMatchObject({ outcome: "succeeded" });
});

test("[RUN-3] a setup that fails ends the attempt with its last words", async () => {
  using bench = attemptBench({ order: { setup: ["echo broken; exit 3"] } });
  await bench.run();
  expect(bench.host.verdict).toMatchObject({ outcome: "failed", failure: { code: "SETUP_FAILED" } });
  expect(bench.host.lines).toContainEqual(
    expect.objectContaining({ event: "setup_ended", exitCode: 3, output: "broken\n" }),
  );
});

test("[RUN-4] setup gets the network, acceptance and a scripted agent do not, and nobody sees the cache", async () => {
  using bench = attemptBench({
    steps: [WRITE],
    order: { setup: [["true"]], acceptance: [{ name: "ok", run: ["true"], timeout: 10 }] },
    launch: { hidden: ["/secret"] },
  });
  await bench.run();
  expect(bench.sandbox.walls.map((walls) => walls.network)).toEqual([true, false, false, false]);
  for (const walls of bench.sandbox.walls) {
    expect(walls.hidden).toEqual(["/secret", bench.launch.setupCache, bench.repository]);
    expect(walls.writable).not.toContain(join(bench.launch.folder, "out"));
  }
});

test("[RUN-4] setup of a tree whose dependencies the agent has changed has no network, and its failure says so", async () => {
  using bench = attemptBench({
    files: { "package-lock.json": "{}" },
    steps: [{ write: { path: "package.json", text: "{}" } }],
    order: { setup: ["test ! -e package.json"], acceptance: [{ name: "ok", run: ["true"], timeout: 10 }] },
  });
  await bench.run();
  expect(bench.sandbox.walls.map((walls) => walls.network)).toEqual([true, false, false, false]);
  expect(bench.host.verdict?.failure).toMatchObject({
    code: "SETUP_FAILED",
    detail: expect.stringMatching(
      /no network: the agent has changed package\.json, .* Do this: commit the new dependencies/,
    ),
  });
});

test("[RUN-4] setup that has to run again because nothing was kept has no network either", async () => {
  using bench = attemptBench({
    steps: [WRITE],
    order: {
      setup: ["mkfifo pipe; test ! -e src/new.txt"],
      acceptance: [{ name: "ok", run: ["true"], timeout: 10 }],
    },
  });
  await bench.run();
  expect(bench.sandbox.walls.map((walls) => walls.network)).toEqual([true, false, false, false]);
  expect(bench.host.verdict?.failure?.detail).toMatch(/no network: what it made at the base was not kept/);
});

test("[RUN-3] a base that is gone, and a full disk, are told apart", async () => {
  using gone = attemptBench({ order: { base: "1".repeat(40) } });
  await gone.run();
  expect(gone.host.verdict).toMatchObject({ outcome: "failed", failure: { code: "GIT_FAILED" } });

  using full = attemptBench({ order: { setup: ["echo 'cp: No space left on device' >&2; exit 1"] } });
  await full.run();
  expect(full.host.verdict).toMatchObject({ outcome: "failed", failure: { code: "DISK_FULL" } });
});

test("[RUN-3] a dirty checkout is left alone", async () => {
  using bench = attemptBench({ steps: [WRITE] });
  writeFileSync(join(bench.repository, "README.md"), "Changed\n");
  await bench.run();
  expect(bench.host.verdict?.change?.files.map(({ path }) => path)).toEqual(["src/new.txt"]);
  expect(readFileSync(join(bench.repository, "README.md"), "utf8")).toBe("Changed\n");
});

test("[RUN-10] a role that only reads leaves its last words, no change, and cannot write its tree", async () => {
  using bench = attemptBench({
    steps: [WRITE, { say: "# The plan" }],
    order: { role: "planner", outputs: ["plan"], acceptance: [{ name: "never", run: ["false"], timeout: 10 }] },
  });
  await bench.run();
  expect(bench.host.verdict).toMatchObject({ outcome: "succeeded", change: null, checks: [] });
  expect([...bench.host.artifacts]).toEqual([["plan.md", "# The plan"]]);
  expect(bench.host.verdict?.absent).toMatchObject({ "patch.diff": "not_asked", "review.md": "not_asked" });
  const [walls] = bench.sandbox.walls;
  const tree = join(bench.launch.folder, "work", "tree");
  expect(walls?.writable).not.toContain(tree);
  expect(walls?.shown).toContain(tree);
});

test("[RUN-10] a role that leaves no words has failed, after one reminder", async () => {
  using bench = attemptBench({ steps: [WRITE], order: { role: "reviewer", outputs: ["review"] } });
  await bench.run();
  expect(bench.host.verdict).toMatchObject({ outcome: "failed", failure: { code: "NO_OUTPUT" }, turns: 2 });
});

test("[RUN-3] the history of a shallow clone is enough for an attempt", async () => {
  using bench = attemptBench({
    steps: [WRITE],
    order: { acceptance: [{ name: "there", run: "test -e src/new.txt", timeout: 10 }] },
  });
  writeFileSync(join(bench.repository, "second.txt"), "second\n");
  git(bench.repository, "add", "--all");
  git(bench.repository, "-c", "user.name=T", "-c", "user.email=t@localhost", "commit", "--quiet", "-m", "Second");
  const shallow = join(bench.folder, "shallow");
  git(bench.folder, "clone", "--quiet", "--depth=1", `file://${bench.repository}`, shallow);
  using second = attemptBench({
    steps: [WRITE],
    order: { ...bench.launch.order, repository: shallow, base: git(shallow, "rev-parse", "HEAD") },
  });
  await second.run();
  expect(second.host.verdict).toMatchObject({ outcome: "succeeded", failure: null });
});

test("[RUN-3] an attempt that makes twelve thousand nested folders succeeds and leaves no clone", async () => {
  const deep = "import os\nfor _ in range(12000):\n  os.mkdir('d')\n  os.chdir('d')\n";
  using bench = attemptBench({ steps: [WRITE, { run: ["python3", "-c", deep] }] });
  await bench.run();
  expect(bench.host.verdict).toMatchObject({ outcome: "succeeded", failure: null });
  expect(existsSync(bench.launch.folder)).toBe(false);
  expect(readdirSync(trashOf(bench.launch.folder))).toEqual([]);
});
