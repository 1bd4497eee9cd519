/**
 * Which event wakes which stage, in the order in which things happen. The file to read first.
 *
 *   recordings ─ ingest ─▶ traces.ingested ─ learn ─▶ signals.computed
 *
 * Stages never call each other: each speaks through the event it appends. The scheduler turns every event into one job
 * per stage that wakes on it; any process may claim it.
 */
import type { Stage } from "../ports/stage.ts";
import { learnStage } from "./learn-stage.ts";
import type { LearnWorld } from "./learn.ts";

/** What the stages of this loop need of the world. */
export interface LoopWorld extends LearnWorld {
  /** Aborted when the process is asked to end: a stage stops after the work at hand. */
  readonly stop: AbortSignal;
}

export const STAGES: readonly Stage<LoopWorld>[] = [learnStage];
