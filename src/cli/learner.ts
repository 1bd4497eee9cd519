import { ok, type Result } from "../kit/result.ts";
import type { IngestControl } from "../loop/learn/ingest/ingest.ts";
import type { ReadAndLearned } from "../loop/read-and-learn.ts";
import type { Failure } from "../model/failure.ts";
import type { ResolvedRequest } from "../world/ingest-request.ts";
import type { LearnSurroundings } from "../world/learn.ts";
import type { Opened } from "./open.ts";

/** What may be read, and the one way to read it: passes never overlap. */
export interface Learner {
  /** Where the first pass looks; nothing when nothing may be read. */
  readonly paths: readonly string[];
  /** A person's recordings grow while they work; the ones we ship never do. */
  readonly grows: boolean;
  /** `null` when there is nothing to read. */
  learn(progress: IngestControl["progress"]): Promise<Result<ReadAndLearned | null, Failure>>;
  /** Called after every pass. */
  onLearned: () => void;
}

export interface LearnerOptions {
  readonly opened: Opened;
  readonly world: LearnSurroundings;
  readonly wantsIngest: boolean;
  readonly stop: AbortSignal;
}

export async function newLearner({ opened, world, wantsIngest, stop }: LearnerOptions): Promise<Learner> {
  const { readAndLearn } = await import("../loop/read-and-learn.ts");
  const first = wantsIngest ? await wanted(opened) : null;
  let last: Promise<unknown> = Promise.resolve();
  const learner: Learner = {
    paths: first?.paths ?? [],
    grows: first?.sample === false,
    onLearned: () => undefined,
    learn: async (progress) => {
      const pass = last.then(async () => {
        const request = wantsIngest ? await wanted(opened) : null;
        return request === null ? ok(null) : readAndLearn(request, world, { signal: stop, progress });
      });
      last = pass.catch(() => undefined);
      const done = await pass;
      learner.onLearned();
      return done;
    },
  };
  return learner;
}

/** The person's Codex home, else the samples where they may be taken. Asked anew for every pass: either can change. */
async function wanted({ config, store }: Opened): Promise<ResolvedRequest | null> {
  const { ingestRequest } = await import("../world/ingest-request.ts");
  const { sampleRequest } = await import("../world/samples.ts");
  const { TRACE_SOURCES } = await import("../model/trace.ts");
  const own = ingestRequest({ config, paths: [], sources: TRACE_SOURCES, lookbackHours: null });
  return own.ok ? own.value : sampleRequest(store);
}
