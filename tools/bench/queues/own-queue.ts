import { hostname } from "node:os";
import { holderOf } from "../../../src/model/holder.ts";
import { claimJob } from "../../../src/store/jobs/claim-jobs.ts";
import { enqueueJobs } from "../../../src/store/jobs/enqueue-jobs.ts";
import { finishJob } from "../../../src/store/jobs/finish-jobs.ts";
import type { Store } from "../../../src/store/store.ts";
import { drainInLoops, type Contestant } from "./contestant.ts";

const STAMP = { actor: "bench" };
const BATCH = 1_000;

/** Our own jobs: claim and finish are two durable transactions, with lease and fence. */
export function ownQueue(store: Store): Contestant {
  const wish = {
    queue: "bench",
    worker: holderOf({ host: hostname(), pid: process.pid, start: "0" }),
    leaseMs: 60_000,
  };
  let made = 0;
  const order = (): { readonly queue: string; readonly key: string } => ({
    queue: wish.queue,
    key: String((made += 1)),
  });
  return {
    name: `codex-loop on ${store.kind}`,
    enqueue: async (count) => {
      for (let left = count; left > 0; left -= BATCH) {
        const orders = Array.from({ length: Math.min(left, BATCH) }, order);
        await store.write(STAMP, (tx) => enqueueJobs(tx, orders));
      }
    },
    drain: (clock) =>
      drainInLoops(clock, async () => {
        const job = await store.write(STAMP, (tx) => claimJob(tx, wish));
        return job !== null && (await store.write(STAMP, (tx) => finishJob(tx, job)));
      }),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}
