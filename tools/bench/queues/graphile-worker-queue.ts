import { EventEmitter } from "node:events";
import pg from "pg";
import type { Clock } from "../../../src/kit/clock.ts";
import { importPeer, peerTitle } from "../peers.ts";
import { CONCURRENCY, type Contestant } from "./contestant.ts";
import type { Schema } from "./scratch-schema.ts";

/** What we use of graphile-worker. */
interface GraphileModule {
  readonly Logger: new (sink: () => () => void) => unknown;
  makeWorkerUtils(options: object): Promise<WorkerUtils>;
  runOnce(options: object): Promise<void>;
}

interface WorkerUtils {
  migrate(): Promise<void>;
  addJobs(jobs: readonly { readonly identifier: string; readonly payload: object }[]): Promise<unknown>;
  release(): Promise<void>;
}

const TASK = "bench";

/** How long completions may be on their way after the last worker has ended. */
const PATIENCE_MS = 5_000;

/**
 * graphile-worker with its defaults: no batching of claims or completions, which are one statement each. It offers no
 * claim of its own, so its workers run: the clock starts at their first claim. They do not wait for their completions:
 * the clock stops when the server has the last one. The pool is ours, because theirs would be gone by then.
 */
export async function graphileWorkerQueue(schema: Schema): Promise<Contestant> {
  const graphile = (await importPeer("graphile-worker")) as GraphileModule;
  const pgPool = new pg.Pool({ connectionString: schema.url, max: CONCURRENCY });
  const say = (error: Error): void => console.error(error);
  pgPool.on("error", say).on("connect", (client) => client.on("error", say));
  const shared = { pgPool, schema: schema.name, logger: new graphile.Logger(() => () => undefined) };
  const utils = await graphile.makeWorkerUtils(shared);
  await utils.migrate();
  return {
    name: peerTitle("graphile-worker"),
    enqueue: async (count) => {
      await utils.addJobs(Array.from({ length: count }, () => ({ identifier: TASK, payload: {} })));
    },
    drain: async (clock) => {
      const before = await schema.count("jobs");
      const events = new EventEmitter();
      let start: number | null = null;
      events.on("worker:getJob:start", () => (start ??= clock.elapsed()));
      const taskList = { [TASK]: () => Promise.resolve() };
      await graphile.runOnce({ ...shared, concurrency: CONCURRENCY, noHandleSignals: true, events, taskList });
      const left = await rowsLeft(schema, clock);
      const end = clock.elapsed();
      return { completed: before - left, milliseconds: end - (start ?? end) };
    },
    [Symbol.asyncDispose]: async () => {
      await utils.release();
      await pgPool.end();
    },
  };
}

/** A completed job's row is gone. */
async function rowsLeft(schema: Schema, clock: Clock): Promise<number> {
  const patience = clock.elapsed() + PATIENCE_MS;
  for (;;) {
    const left = await schema.count("jobs");
    if (left === 0 || clock.elapsed() > patience) return left;
  }
}
