import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { randomHex } from "../../src/kit/random.ts";
import { STEPS } from "../../src/store/migrate/steps.ts";
import { dropSchema } from "../contracts/postgres-schema.ts";
import { postgresUrl } from "../contracts/store-harness.ts";
import type { Shared } from "./jobs/open-shared.ts";

const ROUNDS = 5;
const PROCESSES = 4;
const CHILD = join(import.meta.dirname, "store/first-start.ts");

/** Starts the processes, lets them all go at once, and returns how many steps each found when it had opened. */
async function startTogether(shared: Shared): Promise<readonly string[]> {
  const children = Array.from({ length: PROCESSES }, () =>
    spawn(process.execPath, [CHILD, JSON.stringify(shared)], { stdio: ["pipe", "pipe", "inherit"] }),
  );
  await Promise.all(children.map((child) => once(child.stdout, "data")));
  const answers = children.map(async (child) => {
    let answer = "";
    child.stdout.on("data", (data: Buffer) => {
      answer += data.toString();
    });
    const [code] = await once(child, "close");
    return code === 0 ? answer.trim() : `exit ${String(code)}`;
  });
  for (const child of children) child.stdin.end("go");
  return Promise.all(answers);
}

test("[STO-2] four processes that start at once on an empty store migrate it once, five times of five: SQLite", async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const directory = await mkdtemp(join(tmpdir(), "codex-loop-first-"));
    try {
      const found = await startTogether({ kind: "sqlite", path: join(directory, "home", "store.db") });
      expect(found).toEqual(Array.from({ length: PROCESSES }, () => String(STEPS.length)));
    } finally {
      await rm(directory, { recursive: true });
    }
  }
});

if (postgresUrl !== undefined) {
  const url = postgresUrl;
  test("[STO-2] four processes that start at once on an empty store migrate it once, five times of five: Postgres", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const schema = `t_${randomHex(8)}`;
      try {
        const found = await startTogether({ kind: "postgres", url, schema });
        expect(found).toEqual(Array.from({ length: PROCESSES }, () => String(STEPS.length)));
      } finally {
        await dropSchema(url, schema);
      }
    }
  });
}

test("[STO-3] an old Node is told so before anything that needs SQLite is loaded", async () => {
  const directory = await mkdtemp(join(tmpdir(), "codex-loop-guard-"));
  const child = join(import.meta.dirname, "store/open-without-sqlite.ts");
  const answer = async (node: string): Promise<string> => {
    const asked = [`--no-experimental-sqlite`, child, join(directory, "store.db"), node];
    return (await promisify(execFile)(process.execPath, asked)).stdout;
  };
  try {
    expect(await answer("20.20.2")).toMatch(/^node_too_old\n.*Node 24\.21\.0.*\n.*install Node/u);
    // The proof that the door is where the crash would be: behind it, the missing module is found missing.
    await expect(answer(process.versions.node)).rejects.toThrow(/node:sqlite/u);
  } finally {
    await rm(directory, { recursive: true });
  }
});
