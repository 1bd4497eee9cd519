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

const HOUR_MS = 3_600_000;
const USUAL_HOURS = 24;

/**
 * How far to look back, `null` for everything: all on the first run, then what was asked for, else a day or back to the
 * last run, whichever is longer, so that nothing falls between two runs.
 */
function lookback(asked: number | null, last: string | null, nowMs: number): number | null {
  if (last === null) return null;
  return asked ?? Math.max(USUAL_HOURS, Math.ceil((nowMs - Date.parse(last)) / HOUR_MS) + 1);
}

export async function daily(
  request: IngestRequest,
  world: IngestWorld & LearnWorld,
  control: IngestControl,
): Promise<Result<DailyRun, Failure>> {
  const { store, clock } = world;
  const before = await store.read((reader) => storeFact(reader, LAST_DAILY));
  const lookbackHours = lookback(request.lookbackHours, before, clock.now());
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
