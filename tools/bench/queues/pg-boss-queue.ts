import { importPeer, peerTitle } from "../peers.ts";
import { CONCURRENCY, drainInLoops, type Contestant } from "./contestant.ts";
import type { Schema } from "./scratch-schema.ts";

/** What we use of pg-boss. */
interface PgBossModule {
  readonly PgBoss: new (options: object) => PgBoss;
}

interface PgBoss {
  on(event: "error", listener: (error: Error) => void): void;
  start(): Promise<unknown>;
  stop(options: object): Promise<void>;
  createQueue(name: string): Promise<void>;
  insert(name: string, jobs: readonly object[]): Promise<unknown>;
  fetch(name: string): Promise<readonly { readonly id: string }[]>;
  complete(name: string, id: string): Promise<{ readonly affected: number }>;
}

const QUEUE = "bench";

/** pg-boss without its background chores; fetch and complete are one statement each. */
export async function pgBossQueue({ url, name }: Schema): Promise<Contestant> {
  const { PgBoss } = (await importPeer("pg-boss")) as PgBossModule;
  const boss = new PgBoss({ connectionString: url, schema: name, max: CONCURRENCY, supervise: false, schedule: false });
  boss.on("error", (error) => console.error(error));
  await boss.start();
  await boss.createQueue(QUEUE);
  return {
    name: peerTitle("pg-boss"),
    enqueue: async (count) => {
      await boss.insert(
        QUEUE,
        Array.from({ length: count }, () => ({ data: {} })),
      );
    },
    drain: (clock) =>
      drainInLoops(clock, async () => {
        const [job] = await boss.fetch(QUEUE);
        return job !== undefined && (await boss.complete(QUEUE, job.id)).affected === 1;
      }),
    [Symbol.asyncDispose]: () => boss.stop({ graceful: false, close: true }),
  };
}
