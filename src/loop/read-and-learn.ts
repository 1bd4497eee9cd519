import { ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import { ingest, type IngestControl, type IngestRequest, type IngestWorld } from "./learn/ingest/ingest.ts";
import type { IngestTally } from "./learn/ingest/tally.ts";
import { recompute, type Learned, type LearnWorld } from "./learn.ts";

export interface ReadAndLearned {
  readonly tally: IngestTally;
  readonly learned: Learned;
}

/** Reads what is new and computes the signals of what changed; each step goes on where a stopped one left off. */
export async function readAndLearn(
  request: IngestRequest,
  world: IngestWorld & LearnWorld,
  control: IngestControl,
): Promise<Result<ReadAndLearned, Failure>> {
  const tally = await ingest(request, world, control);
  if (!tally.ok) return tally;
  const learned = await recompute(world, { session: null, signal: control.signal });
  return learned.ok ? ok({ tally: tally.value, learned: learned.value }) : learned;
}
