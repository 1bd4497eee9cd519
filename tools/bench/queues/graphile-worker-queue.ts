import { EventEmitter } from "node:events";
import { importPeer } from "../peers.ts";
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

/**
 * graphile-worker with its defaults: no batching of claims or completions, which are one statement each. It offers no
 * claim of its own, so its workers run; the clock starts at their first claim and stops when all have ended.
 */
export async function graphileWorkerQueue(schema: Schema): Promise<Contestant> {
  const graphile = (await importPeer("graphile-worker")) as GraphileModule;
  const logger = new graphile.Logger(() => () => undefined);
  const shared = { connectionString: schema.url, schema: schema.name, maxPoolSize: CONCURRENCY, logger };
  const utils = await graphile.makeWorkerUtils(shared);
  await utils.migrate();
  return {
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
      const end = clock.elapsed();
      // A completed job's row is gone.
      return { completed: before - (await schema.count("jobs")), milliseconds: end - (start ?? end) };
    },
    [Symbol.asyncDispose]: () => utils.release(),
  };
}
