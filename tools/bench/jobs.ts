/**
 * Claim and complete of one job at a time in ten loops: ours beside pg-boss and graphile-worker on the Postgres that
 * TEST_DATABASE_URL names, and ours on SQLite beside two bare durable commits a job. Wall clock, because waiting for the
 * server is most of it. `node tools/bench/jobs.ts [--jobs N]`
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPostgres } from "../../src/adapters/postgres/open-postgres.ts";
import { openSqlite } from "../../src/adapters/sqlite/open-sqlite.ts";
import { systemClock } from "../../src/kit/clock.ts";
import { systemRandom } from "../../src/kit/random.ts";
import type { Result } from "../../src/kit/result.ts";
import type { Failure } from "../../src/model/failure.ts";
import type { Store } from "../../src/store/store.ts";
import { benchOptions, type BenchOptions } from "./bench-options.ts";
import type { Figure, Row } from "./figure.ts";
import { figuresTable } from "./figures-table.ts";
import { inTurns, most } from "./in-turns.ts";
import { type PeerName, peerTitle } from "./peers.ts";
import { bareSqliteQueue } from "./queues/bare-sqlite-queue.ts";
import { type Contestant, jobsPerSecond } from "./queues/contestant.ts";
import { graphileWorkerQueue } from "./queues/graphile-worker-queue.ts";
import { ownQueue } from "./queues/own-queue.ts";
import { pgBossQueue } from "./queues/pg-boss-queue.ts";
import { scratchSchema } from "./queues/scratch-schema.ts";

const SURROUNDINGS = { clock: systemClock, random: systemRandom };
const ON_POSTGRES = "claim + complete of jobs on Postgres";

export async function jobsRows(options: BenchOptions): Promise<readonly Row[]> {
  const url = process.env["TEST_DATABASE_URL"];
  const onSqlite = await sqliteRow(options);
  if (url === undefined) return [{ what: ON_POSTGRES, why: "TEST_DATABASE_URL names no server" }, onSqlite];
  return [...(await postgresRows(url, options)), onSqlite];
}

async function postgresRows(url: string, { jobs, rounds }: BenchOptions): Promise<readonly Row[]> {
  await using ourSchema = await scratchSchema(url);
  await using bossSchema = await scratchSchema(url);
  await using graphileSchema = await scratchSchema(url);
  await using ours = ownQueue(opened(await openPostgres({ ...SURROUNDINGS, url, schema: ourSchema.name })));
  await using boss = await pgBossQueue(bossSchema);
  await using graphile = await graphileWorkerQueue(graphileSchema);
  const race = { jobs, clock: systemClock, settle: () => ourSchema.analyze() };
  const speeds = await inTurns(rounds, {
    ours: () => jobsPerSecond(ours, race),
    "pg-boss": () => jobsPerSecond(boss, race),
    "graphile-worker": () => jobsPerSecond(graphile, race),
  });
  const row = (peer: PeerName & keyof typeof speeds): Figure => ({
    what: ON_POSTGRES,
    unit: "jobs/s",
    ours: fastest(speeds.ours),
    beside: { name: peerTitle(peer), value: fastest(speeds[peer]) },
    limit: null,
  });
  return [row("pg-boss"), row("graphile-worker")];
}

async function sqliteRow({ jobs, rounds }: BenchOptions): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), "codex-loop-bench-"));
  try {
    await using ours = ownQueue(opened(await openSqlite({ ...SURROUNDINGS, path: join(folder, "store/store.db") })));
    await using floor = bareSqliteQueue(join(folder, "bare.db"));
    const race = { jobs, clock: systemClock, settle: () => Promise.resolve() };
    const run = (contestant: Contestant) => (): Promise<number> => jobsPerSecond(contestant, race);
    const speeds = await inTurns(rounds, { ours: run(ours), floor: run(floor) });
    return {
      what: "claim + complete of jobs on SQLite",
      unit: "jobs/s",
      ours: fastest(speeds.ours),
      beside: { name: "two bare commits a job", value: fastest(speeds.floor) },
      limit: null,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function fastest(speeds: readonly number[]): number {
  return most(speeds, (speed) => speed);
}

function opened(store: Result<Store, Failure>): Store {
  if (!store.ok) throw new Error(store.failure.message);
  return store.value;
}

if (import.meta.main) console.log(figuresTable(await jobsRows(benchOptions(process.argv.slice(2)))));
