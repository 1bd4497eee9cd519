/** The daily run: the stages of learning in their order, each of which goes on where an interrupted run stopped. */
import { ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import { instantOf } from "../model/time.ts";
import { appendEvent } from "../store/events/append-event.ts";
import { putStoreFact } from "../store/facts/put-store-fact.ts";
import { storeFact } from "../store/facts/store-fact.ts";
import type { IngestControl, IngestRequest, IngestWorld } from "./learn/ingest/ingest.ts";
import type { IngestTally } from "./learn/ingest/tally.ts";
import type { Learned, LearnWorld } from "./learn.ts";
import { readAndLearn } from "./read-and-learn.ts";

export interface DailyRun {
  readonly tally: IngestTally;
  readonly learned: Learned;
  /** `all` on the first run of a store, else the hours looked back. */
  readonly window: "all" | number;
  readonly notDone: readonly { readonly stage: string; readonly reason: string }[];
}

const LAST_DAILY = "last_daily_at";

/** Stages of the plan that have no code yet: said in every run, so that silence is never taken for success. */
const NOT_BUILT = [
  { stage: "cluster", reason: "clustering is not part of this version" },
  { stage: "proposals", reason: "they come from clusters" },
] as const;

export async function daily(
  request: IngestRequest,
  world: IngestWorld & LearnWorld,
  control: IngestControl,
): Promise<Result<DailyRun, Failure>> {
  const { store, clock } = world;
  const before = await store.read((reader) => storeFact(reader, LAST_DAILY));
  const lookbackHours = before === null ? null : request.lookbackHours;
  const done = await readAndLearn({ ...request, lookbackHours }, world, control);
  if (!done.ok) return done;
  const { tally, learned } = done.value;
  await store.write({ actor: "daily" }, async (tx) => {
    await putStoreFact(tx, LAST_DAILY, instantOf(clock.now()));
    const { friction, delight } = learned;
    await appendEvent(tx, { type: "daily.finished", key: "daily", payload: { files: tally.files, friction, delight } });
  });
  return ok({ tally, learned, window: lookbackHours ?? "all", notDone: NOT_BUILT });
}
