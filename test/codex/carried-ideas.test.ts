/** From a specification to a branch on the command line, with a scripted agent behind real walls: every way it can end. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import type { RunDetail } from "../../src/views/shapes/run.ts";
import { GREET, ideaFiles } from "../fakes/idea-files.ts";
import { callCli, documentOf, emptyHome, ended, mustCall, spawnCli, startCli } from "../fakes/run-cli.ts";
import { startUp } from "../fakes/running-up.ts";

import { ideaNow, ideaOf, waiting } from "../fakes/waiting-command.ts";
test("[JOB-5] the demonstration mends its failing test, shows the diff and says simulated everywhere", async () => {
  await using around = await emptyHome();
  const ran = await spawnCli(["demo", "run", "--json"], around);
  expect([ran.code, ran.stderr.split("\n")[0]]).toEqual([0, expect.stringMatching(/^simulated: /)]);
  const idea = ideaOf(ran);
  expect(idea).toMatchObject({
    state: "completed",
    simulated: true,
    spend: { tokens: 5510, provenance: "simulated" },
    attempts: [{ agent: "scripted", outcome: "succeeded", simulated: true, provenance: "simulated" }],
    changes: [{ state: "local", files: 1, lines: 2, simulated: true }],
  });
  expect(idea.diff).toContain("-echo $(($1 - $2))\n+echo $(($1 + $2))");
  for (const words of [
    ["idea", "list"],
    ["run", "list"],
    ["run", "show", idea.attempts[0]?.id ?? ""],
    ["idea", "show", idea.id],
  ])
    expect([words[1], (await mustCall(words, around)).stdout]).toEqual([
      words[1],
      expect.stringContaining("simulated"),
    ]);
  const run = documentOf(await mustCall(["run", "show", idea.attempts[0]?.id ?? "", "--json"], around)) as RunDetail;
  expect(run.checks).toMatchObject([{ name: "sum", passed: true, exit_code: 0 }]);
  expect(run.artifacts.map(({ name, absent }) => [name, absent])).toContainEqual(["review.md", "not_asked"]);
  for (const [words, id] of [
    [["run", "show"], run.id],
    [["idea", "pause"], idea.id],
  ] as const)
    expect((await mustCall(["complete", "--", ...words, ""], around)).stdout).toContain(id);
  const cleared = documentOf(await mustCall(["demo", "clear", "--json"], around));
  expect(cleared).toEqual({ ideas: 1, attempts: 1 });
  expect(existsSync(join(around.home, ".codex-loop/demo"))).toBe(false);
  expect(documentOf(await mustCall(["run", "list", "--json"], around))).toEqual([]);
  expect((await mustCall(["audit", "verify"], around)).code).toBe(0);
});

test("[JOB-4] a specification becomes a branch whose checks passed, and the checkout is left alone", async () => {
  await using around = await emptyHome();
  const { add, git, repository } = ideaFiles(around.home);
  writeFileSync(join(repository, "README.md"), "# Not committed\n");
  const ran = await spawnCli([...add({ say: "I write it." }, GREET), "--wait", "--json"], around);
  expect([ran.code, ran.stderr]).toEqual([0, expect.stringMatching(/^Not committed in .*: 1 file\./)]);
  const idea = ideaOf(ran);
  const [change] = idea.changes;
  expect(idea).toMatchObject({ state: "completed", tasks: [{ state: "done" }], attempts: [{ outcome: "succeeded" }] });
  expect(git("show", `${change?.branch ?? ""}:greeting.txt`)).toBe("hello\n");
  expect(git("log", "-1", "--format=%(trailers:key=Codex-Loop-Idea,valueonly)", change?.branch ?? "").trim()).toBe(
    idea.id,
  );
  expect([git("branch", "--show-current").trim(), git("status", "--porcelain").trim()]).toEqual([
    "main",
    "M README.md",
  ]);
  expect(readdirSync(join(around.home, ".codex-loop/attempts"))).toEqual([]);
});

test("[JOB-4] work whose check fails ends with 1, and the diff is kept to look at", async () => {
  await using around = await emptyHome();
  const { add } = ideaFiles(around.home, ["grep hello greeting.txt"]);
  const wrong = { write: { path: "greeting.txt", text: "goodbye\n" } };
  const ran = await spawnCli([...add(wrong), "--wait", "--json"], around);
  expect(ran.code).toBe(1);
  const idea = ideaOf(ran);
  expect(idea).toMatchObject({ state: "failed", attempts: [{ failure_code: "ACCEPTANCE_COMMAND_FAILED" }] });
  const run = documentOf(await mustCall(["run", "show", idea.attempts[0]?.id ?? "", "--json"], around)) as RunDetail;
  expect(run.checks).toMatchObject([{ name: "check-1", passed: false, exit_code: 1 }]);
  expect(run.artifacts.find(({ name }) => name === "patch.diff")?.path).toMatch(/files/);
});

test("[JOB-4] a spent cap ends the wait with 3", async () => {
  await using around = await emptyHome();
  const { add } = ideaFiles(around.home);
  const words = [...add({ usage: { input: 900, output: 200 } }, GREET), "--max-tokens", "1000", "--wait", "--json"];
  const ran = await spawnCli(words, around);
  expect([ran.code, ideaOf(ran)]).toMatchObject([3, { state: "blocked", attempts: [{ failure_code: "CAP_TOKENS" }] }]);
});

test("[RUN-13] without acceptance commands a person looks at the change: 7, and 0 once it is approved", async () => {
  await using around = await emptyHome();
  const { add, git } = ideaFiles(around.home, []);
  const ran = await spawnCli([...add(GREET), "--wait", "--json"], around);
  const idea = ideaOf(ran);
  expect([ran.code, idea]).toMatchObject([
    7,
    { state: "awaiting_approval", approvals: [{ action: "change", state: "asked" }] },
  ]);
  expect(git("branch", "--list", "codex-loop/*")).toBe("");
  const shown = await mustCall(["run", "show", idea.attempts[0]?.id ?? "", "--diff"], around);
  expect(shown.stdout).toContain("\n+hello\n");
  const listed = documentOf(await mustCall(["approvals", "list", "--json"], around));
  expect(listed).toMatchObject([{ action: "change", head: idea.changes[0]?.head, attempt_id: idea.attempts[0]?.id }]);
  await mustCall(["idea", "approve", idea.id, "--reason", "looked at it"], around);
  const done = await spawnCli(["idea", "resume", idea.id, "--wait", "--json"], around);
  expect([done.code, ideaOf(done)]).toMatchObject([0, { state: "completed" }]);
  expect(git("show", `${idea.changes[0]?.branch ?? ""}:greeting.txt`)).toBe("hello\n");
});

test("[OPS-3] a question in mid-run keeps the wait, says how to answer, and the denial reaches the agent", async () => {
  await using around = await emptyHome();
  const { add } = ideaFiles(around.home);
  const wait = waiting(add({ ask: { command: ["git", "push"], reason: "to share it" } }, GREET), around);
  const [, id = ""] = await wait.said(/codex-loop approvals grant (\S+), or deny/);
  expect(documentOf(await mustCall(["approvals", "list", "--json"], around))).toMatchObject([
    { id, action: "command", state: "asked", simulated: true },
  ]);
  expect((await callCli(["approvals", "deny", id], around)).code).toBe(2);
  await mustCall(["approvals", "deny", id.slice(0, 30), "--reason", "nobody pushes here"], around);
  const { idea } = await wait.answer();
  expect(idea.approvals).toMatchObject([
    { state: "denied", decided_by: "person", decided_reason: "nobody pushes here" },
  ]);
  const logs = await mustCall(["run", "logs", idea.attempts[0]?.id ?? ""], around);
  expect(logs.stdout).toContain("nobody pushes here");
});

test("[JOB-4] Ctrl-C loses nothing: 130, and waiting again brings it to its end", async () => {
  await using around = await emptyHome();
  const { add } = ideaFiles(around.home);
  const wait = waiting(add({ sleep: 4 }, GREET), around);
  await wait.said(/^run \S+ running/);
  const { attempts } = await ideaNow(
    around,
    ((await mustCall(["idea", "list", "--json=id"], around)).stdout.match(/[0-9a-f-]{36}/) ?? [""])[0],
  );
  expect(attempts).toMatchObject([{ state: "running" }]);
  wait.child.kill("SIGINT");
  const { code, idea } = await wait.answer();
  expect([code, idea.attempts[0]?.state]).toEqual([130, "ended"]);
  expect(wait.heard.join("\n")).toContain(`codex-loop idea resume ${idea.id} --wait`);
  const done = await spawnCli(["idea", "resume", idea.id, "--wait", "--json"], around);
  expect([done.code, ideaOf(done).state, ideaOf(done).attempts.length]).toEqual([0, "completed", 2]);
});

test("[OPS-3] a cancelled run is gone in two seconds, its log can be followed to that end, and a wait for it ends with 1", async () => {
  await using around = await emptyHome();
  const { add } = ideaFiles(around.home);
  const wait = waiting(add({ say: "I sleep." }, { sleep: 60 }, GREET), around);
  await wait.said(/^run \S+ running/);
  const [run] = documentOf(await mustCall(["run", "list", "--json"], around)) as readonly RunDetail[];
  const id = run?.id ?? "";
  const follow = startCli(["run", "logs", id, "--follow"], around);
  const lines = createInterface({ input: follow.stdout });
  const sleeping = new Promise<void>((resolve) => lines.on("line", (line) => line.includes("I sleep.") && resolve()));
  const followed = ended(follow);
  await sleeping;
  await mustCall(["run", "cancel", id], around);
  const cancelledAt = Date.now();
  const { code, idea } = await wait.answer();
  const [attempt] = idea.attempts;
  expect(Date.parse(attempt?.ended_at ?? "") - cancelledAt).toBeLessThan(2_000);
  expect([code, idea.state, attempt?.outcome, attempt?.failure_code]).toEqual([
    1,
    "cancelled",
    "cancelled",
    "CANCELLED",
  ]);
  expect(await followed).toBe(0);
  expect((await callCli(["run", "cancel", id], around)).code).toBe(6);
});

test("[RUN-13] where a server runs a waiting command leaves the work to it and follows", async () => {
  await using around = await emptyHome();
  mkdirSync(join(around.home, ".codex"));
  const { add } = ideaFiles(around.home);
  await using up = await startUp(around);
  const wait = waiting(add(GREET), around);
  await wait.said(/^A server runs and works on it/);
  const { code, idea } = await wait.answer();
  expect([code, idea.state]).toEqual([0, "completed"]);
  const response = await fetch(`${up.url}api/ideas/${idea.id}`);
  expect(await response.json()).toMatchObject({ state: "completed", changes: [{ simulated: true }] });
});
