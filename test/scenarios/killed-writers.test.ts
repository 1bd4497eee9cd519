import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { seededRandom } from "../../src/kit/random.ts";
import { openShared, type Shared } from "./jobs/open-shared.ts";

const KILLS = 50;
/** So many write at once, each until it is killed. */
const WRITERS = 4;
/** A writer is killed when it has acknowledged a random number of rows up to this. */
const MOST_ROWS = 200;
const CHILD = join(import.meta.dirname, "store/keep-writing.ts");

/** Runs a writer until it has acknowledged `rows` rows, kills it, and returns all it acknowledged. */
async function writeUntilKilled(shared: Shared, name: string, rows: number): Promise<readonly string[]> {
  const writer = spawn(process.execPath, [CHILD, JSON.stringify({ shared, name })], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = once(writer, "close");
  let said = "";
  for await (const data of writer.stdout) {
    said += String(data);
    if (said.split("\n").length > rows) writer.kill("SIGKILL");
  }
  const [, signal] = await closed;
  expect(signal).toBe("SIGKILL");
  // What stands behind the last line end may be half a name.
  return said.split("\n").slice(0, -1);
}

function namesIn(path: string): readonly string[] {
  const file = new DatabaseSync(path);
  try {
    expect(file.prepare("pragma integrity_check").all()).toEqual([expect.objectContaining({ integrity_check: "ok" })]);
    return file
      .prepare("select consumer from consumer_cursors")
      .all()
      .map((row) => String(row["consumer"]));
  } finally {
    file.close();
  }
}

test("[STO-6] 50 writers killed at random moments lose no acknowledged row, and the file is whole", async () => {
  const directory = await mkdtemp(join(tmpdir(), "codex-loop-killed-"));
  const path = join(directory, "store.db");
  const shared: Shared = { kind: "sqlite", path };
  const random = seededRandom(6);
  try {
    await (await openShared(shared))[Symbol.asyncDispose]();
    const acknowledged: string[] = [];
    let started = 0;
    const keepOneWriting = async (): Promise<void> => {
      while (started < KILLS) {
        started += 1;
        acknowledged.push(
          ...(await writeUntilKilled(shared, `writer${started}`, 1 + Math.floor(random() * MOST_ROWS))),
        );
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, keepOneWriting));
    const kept = new Set(namesIn(path));
    expect(new Set(acknowledged.map((name) => name.split("-")[0])).size).toBe(KILLS);
    expect(acknowledged.filter((name) => !kept.has(name))).toEqual([]);
    // A writer may die between its commit and its word: at most one row each.
    expect(kept.size - acknowledged.length).toBeLessThanOrEqual(KILLS);
  } finally {
    await rm(directory, { recursive: true });
  }
});
