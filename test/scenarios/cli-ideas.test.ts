/** From a specification to a branch on the command line, with a scripted agent: every way it can end. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { GREET, ideaFiles } from "../fakes/idea-files.ts";
import { callCli, documentOf, emptyHome, mustCall } from "../fakes/run-cli.ts";
import { startUp } from "../fakes/running-up.ts";

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
  ["a repository of a code host", ({ spec }) => ["--repo", "acme/shop", "--file", spec], 3, /code host/],
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
  [
    "a script with a key",
    ({ repository, spec }) => {
      const script = `${spec}.script.yaml`;
      writeFileSync(script, `steps:\n  - say: "ghp_${"aB3dE6gH9j".repeat(3)}aB3dE6"\n`);
      return ["--repo", repository, "--file", spec, "--agent", "scripted", "--script", script];
    },
    2,
    /holds a secret/,
  ],
  ["--keep without --wait", ({ add }) => [...add(GREET).slice(2), "--keep"], 2, /--keep goes with --wait/],
  ...["--max-tokens", "--max-minutes", "--max-usd"].flatMap((flag) =>
    ["9".repeat(21), "9999999"].map(
      (amount) =>
        [
          `${amount} for ${flag}`,
          ({ add }: ReturnType<typeof ideaFiles>) => [
            ...add(GREET).slice(2),
            flag,
            flag === "--max-tokens" ? amount.replace("9999999", "9999999999") : amount,
          ],
          2,
          /more than|from 1 to/,
        ] as const,
    ),
  ),
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

test("[MOD-2] run mode release without a code host is refused before anything is registered or spent", async () => {
  await using around = await emptyHome();
  const { add, git } = ideaFiles(around.home);
  const release = { ...around, env: { RUN_MODE: "release" } };
  const refused = await callCli([...add(GREET), "--wait"], release);
  expect([refused.code, refused.stdout]).toEqual([3, ""]);
  const [what, why, fix, ...rest] = refused.stderr.trimEnd().split("\n");
  expect([what, why, fix, rest]).toEqual([
    expect.stringContaining("none is connected"),
    expect.stringContaining("Nothing was registered"),
    expect.stringMatching(/^Do this: set run_mode to fast/),
    [],
  ]);
  expect(documentOf(await callCli([...add(GREET), "--json"], release))).toMatchObject({
    error: { code: "gate_says_no" },
  });
  expect(existsSync(join(around.home, ".codex-loop/store.db"))).toBe(false);
  expect(git("branch", "--list", "codex-loop/*")).toBe("");
  const { stdout } = await callCli(["doctor", "--json"], release);
  expect(JSON.parse(stdout)).toContainEqual(
    expect.objectContaining({ check: "code host", ok: false, required: false }),
  );
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
  writeFileSync(codex, "#!/bin/sh\n", { mode: 0o755 });
  const mute = await callCli(words, { ...around, env });
  expect([mute.code, mute.stderr]).toEqual([4, expect.stringMatching(/it said nothing\. A run needs/)]);
  writeFileSync(codex, "#!/bin/sh\necho codex-cli 0.27.0\n", { mode: 0o755 });
  const old = await callCli(words, { ...around, env: { ...env, CODEX_LOOP_UPSTREAM_KEY: "k".repeat(40) } });
  expect([old.code, old.stderr]).toEqual([4, expect.stringContaining("0.27.0")]);
});

test("[JOB-4, RUN-2] every mistake of a script is told at once with its place, and nothing is registered", async () => {
  await using around = await emptyHome();
  const files = ideaFiles(around.home);
  const said = files.add({ sya: "hi" }, { write: { path: "../x", text: "" } });
  const ran = await callCli(said, around);
  expect([ran.code, ran.stdout]).toEqual([2, ""]);
  expect(ran.stderr).toMatch(
    /steps\.yaml:1:12: "sya" is not a known key; did you mean say\?\n[^]*steps\.yaml:1:41: "\.\.\/x"/,
  );
  expect(documentOf(await callCli([...said, "--json"], around))).toMatchObject({
    error: { code: "config_invalid", problems: [{ at: expect.any(String) }, { at: expect.any(String) }] },
  });
  expect(existsSync(join(around.home, ".codex-loop/store.db"))).toBe(false);
});

test("[JOB-4] everything that is wrong with a specification, a profile or a policy is listed at once with its place", async () => {
  await using around = await emptyHome();
  const { add, spec, git, repository } = ideaFiles(around.home);
  writeFileSync(spec, "no title\n\n## Gaol\nx\n");
  const bad = documentOf(await callCli([...add(GREET), "--json"], around)) as {
    error: { code: string; problems: readonly { at: string; message: string }[] };
  };
  expect(bad.error.code).toBe("config_invalid");
  expect(bad.error.problems.map(({ at }) => at.replace(spec, "SPEC.md"))).toContain("SPEC.md:3:1");
  expect(bad.error.problems.length).toBeGreaterThan(3);
  writeFileSync(spec, "x".repeat(10 * 1024 * 1024));
  expect(await callCli(add(GREET), around)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("the file has 10485760 bytes, and at most 262144"),
  });
  writeFileSync(spec, Buffer.alloc(300_000, 0xe4));
  expect(await callCli(add(GREET), around)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("SPEC.md:1:1: this is not UTF-8 text."),
  });
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

test("[RUN-5, OPS-6] the command that a capped idea prints is the one that lets it go on", async () => {
  await using around = await emptyHome();
  const { add } = ideaFiles(around.home);
  const capped = await callCli([...add({ usage: { input: 2_900_000, output: 100_001 } }, GREET), "--wait"], around);
  expect([capped.code, capped.stdout]).toEqual([3, expect.stringContaining("tokens: 3,000,001 of 2,000,000")]);
  const next = /^Next: (.+)$/m.exec(capped.stdout)?.[1] ?? "";
  const [{ next: told } = { next: "" }] = documentOf(await mustCall(["triage", "--json"], around)) as {
    next: string;
  }[];
  expect(told).toBe(next);
  expect(next).toMatch(/^codex-loop budget extend \S+ --tokens 1000001 && codex-loop idea resume \S+ --wait$/);
  const task = /extend (\S+)/.exec(next)?.[1] ?? "";
  expect((await mustCall(["explain", task], around)).stdout).toContain("--tokens 1000001");
  for (const line of next.split(" && ")) await mustCall(line.split(" ").slice(1), around);
  expect(documentOf(await mustCall(["idea", "show", task, "--json"], around))).toMatchObject({ state: "completed" });
});
