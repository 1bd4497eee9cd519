/** From a specification to a branch on the command line, with a scripted agent: every way it can end. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import type { IdeaDetail } from "../../src/views/shapes/idea.ts";
import type { RunDetail } from "../../src/views/shapes/run.ts";
import { GREET, ideaFiles } from "../fakes/idea-files.ts";
import { type Around, callCli, documentOf, emptyHome, ended, mustCall, spawnCli, startCli } from "../fakes/run-cli.ts";
import { startUp } from "../fakes/running-up.ts";

type Home = Around & AsyncDisposable;

function ideaOf(ran: { readonly stdout: string }): IdeaDetail & { readonly diff?: string | null } {
  return JSON.parse(ran.stdout) as IdeaDetail;
}

async function ideaNow(around: Home, id: string): Promise<IdeaDetail> {
  return ideaOf(await mustCall(["idea", "show", id, "--json"], around));
}

/** A child that waits for its idea; `said` settles when it has said this on stderr. */
function waiting(words: readonly string[], around: Home) {
  const child = startCli([...words, "--wait", "--json"], around);
  const end = ended(child);
  const heard: string[] = [];
  const out: Buffer[] = [];
  child.stdout.on("data", (data: Buffer) => out.push(data));
  const lines = createInterface({ input: child.stderr });
  lines.on("line", (line) => heard.push(line));
  const said = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = heard.map((line) => pattern.exec(line)).find((match) => match !== null);
        if (found) resolve(found);
      };
      lines.on("line", look);
      void end.then((code) => reject(new Error(`ended with ${String(code)}: ${heard.join("\n")}`)));
      look();
    });
  const answer = async () => ({ code: await end, idea: ideaOf({ stdout: Buffer.concat(out).toString("utf8") }) });
  return { child, said, answer, heard };
}

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

test("[JOB-5] without key and agent the last lines of a start offer the demonstration, and not once it was seen", async () => {
  await using around = await emptyHome();
  mkdirSync(join(around.home, ".codex"));
  {
    await using up = await startUp(around);
    await expect.poll(() => up.said().trim().split("\n").at(-1)).toMatch(/codex-loop demo run \(simulated/);
  }
  await mustCall(ideaFiles(around.home).add(GREET), around);
  await using again = await startUp(around);
  await again.stop();
  expect(again.said()).not.toContain("demo run");
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

const BAD: readonly (readonly [
  what: string,
  words: (files: ReturnType<typeof ideaFiles>) => readonly string[],
  exit: number,
  says: RegExp,
])[] = [
  [
    "no specification there",
    ({ repository }) => ["--repo", repository, "--file", "/nowhere.md"],
    5,
    /nothing at \/nowhere/,
  ],
  ["a folder as the specification", ({ repository }) => ["--repo", repository, "--file", repository], 2, /is a folder/],
  ["no repository named", ({ spec }) => ["--file", spec], 2, /No repository is named/],
  ["a folder without git", ({ spec }) => ["--repo", "/usr", "--file", spec], 2, /not the work tree/],
  ["a folder that is not there", ({ spec }) => ["--repo", "/nowhere", "--file", spec], 5, /no folder/],
  ["a repository of a code host", ({ spec }) => ["--repo", "acme/shop", "--file", spec], 75, /code host/],
  [
    "a branch that is not there",
    ({ repository, spec }) => ["--repo", repository, "--file", spec, "--branch", "no"],
    5,
    /no branch no/,
  ],
  [
    "the real agent without the program",
    ({ repository, spec }) => ["--repo", repository, "--file", spec],
    4,
    /Codex CLI/,
  ],
  [
    "a scripted agent without a script",
    ({ repository, spec }) => ["--repo", repository, "--file", spec, "--agent", "scripted"],
    2,
    /no script/,
  ],
  [
    "a script for the real agent",
    ({ repository, spec }) => ["--repo", repository, "--file", spec, "--script", spec],
    2,
    /scripted agent only/,
  ],
  ["--keep without --wait", ({ add }) => [...add(GREET).slice(2), "--keep"], 2, /--keep goes with --wait/],
  ["no money at all", ({ add }) => [...add(GREET).slice(2), "--max-usd", "0"], 2, /not an amount/],
];

test.for(BAD)("[JOB-4] %s is refused with what to do, and nothing is registered", async ([, words, exit, says]) => {
  await using around = await emptyHome();
  const files = ideaFiles(around.home);
  const said = ["idea", "add", ...words(files)];
  const ran = await callCli(said, around);
  expect([ran.code, ran.stdout]).toEqual([exit, ""]);
  expect(ran.stderr).toMatch(says);
  expect(ran.stderr).toContain("Do this: ");
  expect(documentOf(await callCli([...said, "--json"], around))).toMatchObject({
    error: { hint: expect.stringMatching(/^Do this: /) },
  });
  expect(existsSync(join(around.home, ".codex-loop/store.db"))).toBe(false);
});

test("[JOB-4] a key is asked for where the program is there, and neither is where none is needed", async () => {
  await using around = await emptyHome();
  const { repository, spec } = ideaFiles(around.home);
  const codex = join(around.home, "codex");
  writeFileSync(codex, "#!/bin/sh\necho codex-cli 0.169.0\n", { mode: 0o755 });
  const words = ["idea", "add", "--repo", repository, "--file", spec];
  const env = { CODEX_LOOP_CODEX_BIN: codex };
  const keyless = await callCli(words, { ...around, env });
  expect([keyless.code, keyless.stderr]).toEqual([4, expect.stringContaining("CODEX_LOOP_UPSTREAM_KEY")]);
  writeFileSync(codex, "#!/bin/sh\necho codex-cli 0.27.0\n", { mode: 0o755 });
  const old = await callCli(words, { ...around, env: { ...env, CODEX_LOOP_UPSTREAM_KEY: "k".repeat(40) } });
  expect([old.code, old.stderr]).toEqual([4, expect.stringContaining("0.27.0")]);
});

test("[JOB-4] everything that is wrong with a specification, a profile or a policy is listed at once with its place", async () => {
  await using around = await emptyHome();
  const { add, spec, git, repository } = ideaFiles(around.home);
  writeFileSync(spec, "no title\n\n## Gaol\nx\n");
  const bad = documentOf(await callCli([...add(GREET), "--json"], around)) as {
    error: { code: string; problems: readonly { at: string; message: string }[] };
  };
  expect(bad.error.code).toBe("usage");
  expect(bad.error.problems.map(({ at }) => at.replace(spec, "SPEC.md"))).toContain("SPEC.md:3:1");
  expect(bad.error.problems.length).toBeGreaterThan(3);
  writeFileSync(spec, "x".repeat(10 * 1024 * 1024));
  expect(await callCli(add(GREET), around)).toMatchObject({ code: 2, stderr: expect.stringContaining("are taken") });
  const good = ideaFiles(join(around.home, "other"));
  mkdirSync(join(good.repository, ".codex-loop"), { recursive: true });
  writeFileSync(join(good.repository, ".codex-loop/profile.yaml"), "acceptence: []\n");
  writeFileSync(join(good.repository, ".codex-loop/policy.yaml"), "version: 1\nrules: [{id: x, nothing: true}]\n");
  good.git("add", "--all");
  good.git("commit", "--quiet", "--message=Break both");
  const both = await callCli(good.add(GREET), around);
  expect([both.code, both.stderr]).toEqual([2, expect.stringMatching(/profile\.yaml:1:1[^]*policy\.yaml:2:/)]);
  expect([
    git("status", "--porcelain"),
    existsSync(join(around.home, ".codex-loop/store.db")),
    repository !== "",
  ]).toEqual(["", false, true]);
});
