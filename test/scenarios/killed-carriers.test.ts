import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import type { Store } from "../../src/store/store.ts";
import { openAttempts } from "../../src/store/attempts/open-attempts.ts";
import { listAttempts } from "../../src/store/attempts/list-attempts.ts";
import { plannedTask } from "../fakes/delivery.ts";
import { openShared, type Shared } from "./jobs/open-shared.ts";

const CHILD = join(import.meta.dirname, "store/carry-ideas.ts");
/** The words of one task from claim to done. */
const EDGES = ["queued", "placed", "started", "verifying", "ended", "done"] as const;
const TASKS = EDGES.length + 1;
/** Killed behind these, an attempt has a runner that is gone; before, its start is done again, and after, nothing is open. */
const LOSING = 3;

/** Lets a carrier go on word by word and kills it after `words` of them; says what it told. */
async function carryUntilKilled(shared: Shared, words: number): Promise<readonly string[]> {
  const carrier = spawn(process.execPath, [CHILD, JSON.stringify({ shared })], { stdio: ["pipe", "pipe", "inherit"] });
  const closed = once(carrier, "close");
  const told: string[] = [];
  for await (const line of createInterface({ input: carrier.stdout })) {
    told.push(line);
    if (told.length === words) carrier.kill("SIGKILL");
    else carrier.stdin.write("\n");
  }
  await closed;
  return told;
}

async function outcomes(store: Store): Promise<readonly (string | null)[]> {
  return (await store.read((reader) => listAttempts(reader, { limit: 100 }))).map(({ outcome }) => outcome);
}

test("[OPS-5] a carrier killed at every edge of an attempt loses no task, runs none twice and leaves nothing reserved", async () => {
  const directory = await mkdtemp(join(tmpdir(), "codex-loop-carried-"));
  const shared: Shared = { kind: "sqlite", path: join(directory, "store.db") };
  try {
    await using store = await openShared(shared);
    for (let n = 0; n < TASKS; n += 1) await plannedTask(store);
    // The first dies behind its first word; each next one finishes what it finds and dies one edge further.
    const last: (string | undefined)[] = [];
    for (const [at] of EDGES.entries()) last.push((await carryUntilKilled(shared, await wordsTo(store, at))).at(-1));
    expect(last).toEqual([...EDGES]);
    const rest = await carryUntilKilled(shared, Number.POSITIVE_INFINITY);
    expect(rest.at(-1)).toBe("done");
    const ends = await outcomes(store);
    expect(ends.filter((outcome) => outcome === "succeeded")).toHaveLength(TASKS);
    expect(ends.filter((outcome) => outcome === "lost")).toHaveLength(LOSING);
    expect(ends).toHaveLength(TASKS + LOSING);
    expect(await store.read(openAttempts)).toEqual([]);
    const states = await store.read((reader) => reader.db.selectFrom("tasks").select("state").execute());
    expect(states.map(({ state }) => state)).toEqual(Array.from({ length: TASKS }, () => "done"));
    const reserved = await store.read((reader) => reader.db.selectFrom("caps").select("reserved").execute());
    expect(reserved.filter((cap) => cap.reserved !== 0)).toEqual([]);
  } finally {
    await rm(directory, { recursive: true });
  }
}, 120_000);

/** How many words the next carrier says until it stands behind edge `at` of a task it has claimed itself. */
async function wordsTo(store: Store, at: number): Promise<number> {
  const [open] = await store.read(openAttempts);
  const verified = await store.read((reader) =>
    reader.db.selectFrom("tasks").select("id").where("state", "=", "verifying").execute(),
  );
  // What it finds comes first: a queued attempt is started, a lost one is repeated whole, a verified task integrated.
  const found =
    open === undefined ? (verified.length > 0 ? 1 : 0) : open.holder === null ? EDGES.length - 1 : EDGES.length;
  return found + at + 1;
}
