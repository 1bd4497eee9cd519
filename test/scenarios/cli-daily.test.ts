/** The daily run over days: what each run takes, what it leaves, and how one goes on that was stopped. */
import { mkdir, readdir, utimes, watch } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generateCorpus } from "../../tools/bench/generate-corpus.ts";
import type { DailyRow } from "../../src/views/shapes/daily.ts";
import { anotherSession } from "../fakes/another-session.ts";
import { callCli, documentOf, emptyHome, ended, mustCall, startCli } from "../fakes/run-cli.ts";

const HOUR_S = 3600;

async function daily(around: { readonly home: string }, ...words: readonly string[]): Promise<DailyRow> {
  return documentOf(await mustCall(["daily", ...words, "--json"], around)) as DailyRow;
}

async function touch(path: string, hoursAgo: number): Promise<void> {
  const at = Date.now() / 1000 - hoursAgo * HOUR_S;
  await utimes(path, at, at);
}

test("[SIG-7] the first run takes everything and says so; later ones what changed in the last 24 hours", async () => {
  await using around = await emptyHome();
  const home = join(around.home, ".codex");
  await touch(anotherSession(home, 1).path, 24 * 400);
  await touch(anotherSession(home, 2).path, 1);
  const first = await callCli(["daily"], around);
  expect(first.stdout).toMatch(/^Daily run over everything \(first run\)\n2 files read/);

  await touch(anotherSession(home, 3).path, 25);
  await touch(anotherSession(home, 4).path, 23);
  expect(await daily(around)).toMatchObject({ window: 24, ingest: { files: 1, sessions: 1 } });
  expect(await daily(around, "--lookback-hours", "26")).toMatchObject({ window: 26, ingest: { files: 1 } });
  const last = await daily(around, "--lookback-hours", "10000");
  expect(last).toMatchObject({ ingest: { files: 0, unchanged: 4 }, report: { sessions: 4 } });
});

test("[SIG-7] every run prints what it did not do and why, for people and for scripts", async () => {
  await using around = await emptyHome();
  anotherSession(join(around.home, ".codex"), 1);
  const people = await callCli(["daily"], around);
  const { not_done: notDone } = await daily(around);
  expect(notDone.map(({ stage }) => stage)).toEqual(["cluster", "proposals"]);
  for (const { stage, reason } of notDone) expect(people.stdout).toContain(`not done: ${stage} (${reason})`);
});

test("[SIG-7] without a Codex home it says how to name one, and is not counted as the first run", async () => {
  await using around = await emptyHome();
  expect(await callCli(["daily"], around)).toMatchObject({ code: 5, stderr: expect.stringContaining("--codex-home") });
  await touch(anotherSession(join(around.home, ".codex"), 1).path, 24 * 400);
  expect(await daily(around)).toMatchObject({ window: "all", ingest: { files: 1 } });
});

test("[SIG-7] a run that was stopped goes on: still the first, nothing twice, in the end the same as in one go", async () => {
  await using stopped = await emptyHome();
  await using whole = await emptyHome();
  for (const { home } of [stopped, whole]) {
    generateCorpus({ folder: join(home, ".codex/sessions"), bytes: 40_000_000, shape: "synthetic", seed: 11 });
    await mkdir(join(home, ".codex-loop"));
  }
  const changes = watch(join(stopped.home, ".codex-loop"));
  const child = startCli(["daily", "--json"], stopped);
  const end = ended(child);
  for await (const { filename } of changes) if (filename === "store.db-wal") break;
  child.kill("SIGINT");
  expect(JSON.parse((await child.stdout.toArray()).join(""))).toMatchObject({ error: { code: "interrupted" } });
  expect(await end).toBe(130);

  const rest = await daily(stopped);
  const once = await daily(whole);
  expect(rest.window).toBe("all");
  expect(rest.ingest.files).toBeLessThanOrEqual(once.ingest.files);
  expect({ ...rest.report, generated_at: "" }).toEqual({ ...once.report, generated_at: "" });
  expect((await readdir(join(whole.home, ".codex/sessions"), { recursive: true })).length).toBeGreaterThan(50);
});
