import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { randomHex } from "../../src/kit/random.ts";
import { enqueueJobs } from "../../src/store/jobs/enqueue-jobs.ts";
import { dropSchema } from "../contracts/postgres-schema.ts";
import { postgresUrl } from "../contracts/store-harness.ts";
import { openShared, type Shared } from "./jobs/open-shared.ts";
import type { WorkerOrder, WorkerReport } from "./jobs/worker.ts";

const JOBS = 20_000;
/** One entry per process. */
const BATCHES = [1, 1, 5, 20, 20, 50, 50, 100];
/** What must come of it: as many accepted closes as jobs, each with the fence in its row, so none twice and none stale. */
const SOUND: Outcome = { unfinished: 0, accepted: JOBS, strangers: 0, staleAccepted: 0, idle: 0, staleTried: true };
const WORKER = join(import.meta.dirname, "jobs/worker.ts");

test("[STO-5] 20,000 jobs, 8 processes, 20,000 unique completions, no stale fence accepted: SQLite", async () => {
  const directory = await mkdtemp(join(tmpdir(), "codex-loop-jobs-"));
  try {
    expect(await workOff({ kind: "sqlite", path: join(directory, "store.db") })).toEqual(SOUND);
  } finally {
    await rm(directory, { recursive: true });
  }
});

if (postgresUrl !== undefined) {
  const url = postgresUrl;
  test("[STO-5] 20,000 jobs, 8 processes, 20,000 unique completions, no stale fence accepted: Postgres", async () => {
    const schema = `t_${randomHex(8)}`;
    try {
      expect(await workOff({ kind: "postgres", url, schema })).toEqual(SOUND);
    } finally {
      await dropSchema(url, schema);
    }
  });
}

interface Outcome {
  /** Jobs that did not end as succeeded. */
  readonly unfinished: number;
  /** Different (id, fence) that the store accepted a close for. */
  readonly accepted: number;
  /** Accepted closes whose fence is not the one in the job's row, or that were accepted before. */
  readonly strangers: number;
  readonly staleAccepted: number;
  /** Processes that closed nothing. */
  readonly idle: number;
  /** Whether closes with a fence known to be old were really tried. */
  readonly staleTried: boolean;
}

async function workOff(shared: Shared): Promise<Outcome> {
  await using store = await openShared(shared);
  for (let from = 0; from < JOBS; from += 1_000) {
    const orders = Array.from({ length: 1_000 }, (_, n) => ({ queue: "q", key: `k${from + n}`, maxAttempts: 1_000 }));
    await store.write({ actor: "test" }, (tx) => enqueueJobs(tx, orders));
  }
  const reports = await Promise.all(BATCHES.map((batch) => runWorker({ shared, queue: "q", batch, lapseEvery: 30 })));
  const rows = await store.read((reader) => reader.db.selectFrom("jobs").select(["id", "fence", "state"]).execute());
  const owed = new Set(rows.map((row) => `${row.id}#${row.fence}`));
  const accepted = reports.flatMap((report) => report.accepted);
  return {
    unfinished: rows.filter((row) => row.state !== "succeeded").length,
    accepted: new Set(accepted).size,
    strangers: accepted.filter((close) => !owed.delete(close)).length,
    staleAccepted: sum(reports.map((report) => report.staleAccepted)),
    idle: reports.filter((report) => report.accepted.length === 0).length,
    staleTried: sum(reports.map((report) => report.stale)) > 20,
  };
}

async function runWorker(order: WorkerOrder): Promise<WorkerReport> {
  const { stdout } = await promisify(execFile)(process.execPath, [WORKER, JSON.stringify(order)], {
    maxBuffer: 64 * 1024 * 1024,
  });
  // The worker's last words, and its only ones.
  return JSON.parse(stdout) as WorkerReport;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
