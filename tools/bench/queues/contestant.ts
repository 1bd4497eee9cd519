/** A job queue as the bench drives it. */
import type { Clock } from "../../../src/kit/clock.ts";

export interface Contestant extends AsyncDisposable {
  readonly name: string;
  /** Queues so many jobs that need nothing done. */
  enqueue(count: number): Promise<void>;
  /** Claims and completes one job at a time in each of ten loops, until none is left. */
  drain(clock: Clock): Promise<Drained>;
}

export interface Drained {
  /** Jobs that the queue itself counts as completed. */
  readonly completed: number;
  /** From the first claim to the last completion. */
  readonly milliseconds: number;
}

export const CONCURRENCY = 10;

export interface Race {
  readonly jobs: number;
  readonly clock: Clock;
  /** What makes ready for a fair start after the jobs were queued, e.g. the planner's statistics. */
  readonly settle: () => Promise<void>;
}

/** Jobs a second; throws when not every job was completed. */
export async function jobsPerSecond(contestant: Contestant, { jobs, clock, settle }: Race): Promise<number> {
  await contestant.enqueue(jobs);
  await settle();
  const { completed, milliseconds } = await contestant.drain(clock);
  if (completed !== jobs) throw new Error(`${contestant.name} completed ${completed} of ${jobs} jobs.`);
  return (1000 * jobs) / milliseconds;
}

/** Runs ten loops of `work`, each until it has nothing to do; `work` says whether it completed a job. */
export async function drainInLoops(clock: Clock, work: () => Promise<boolean>): Promise<Drained> {
  const start = clock.elapsed();
  let completed = 0;
  const loop = async (): Promise<void> => {
    while (await work()) completed += 1;
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, loop));
  return { completed, milliseconds: clock.elapsed() - start };
}
