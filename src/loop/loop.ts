/**
 * Which event wakes which stage, in the order in which things happen. The file to read first.
 *
 *   recordings ─ ingest ─▶ traces.ingested ─ learn ─▶ signals.computed
 *
 *   idea add ─▶ idea.registered ─ plan ─▶ plan.ready ─ dispatch ─▶ attempt.queued ─ run ─▶ attempt.ended ─ integrate ─▶ idea.changed
 *
 * Stages never call each other: each speaks through the event it appends. The scheduler turns every event into one job
 * per stage that wakes on it; any process may claim it.
 */
import type { Stage } from "../ports/stage.ts";
import type { DispatchWorld } from "./dispatch/dispatch-world.ts";
import { dispatchStage } from "./dispatch/dispatch.ts";
import type { IntegrateWorld } from "./integrate/integrate-world.ts";
import { integrateStage } from "./integrate/integrate.ts";
import { learnStage } from "./learn-stage.ts";
import type { LearnWorld } from "./learn.ts";
import { planStage, type PlanWorld } from "./plan/plan.ts";
import type { RunWorld } from "./run/run-world.ts";
import { runStage } from "./run/run.ts";

/** What the stages of this loop need of the world. */
export interface LoopWorld extends LearnWorld {
  /** Aborted when the process is asked to end: a stage stops after the work at hand. */
  readonly stop: AbortSignal;
}

export const STAGES: readonly Stage<LoopWorld>[] = [learnStage];

/** What the stages that carry an idea to its end need of the world, and the learning ones beside them. */
export type DeliveryWorld = LoopWorld & PlanWorld & DispatchWorld & RunWorld & IntegrateWorld;

export const DELIVERY_STAGES: readonly Stage<DeliveryWorld>[] = [
  ...STAGES,
  planStage,
  dispatchStage,
  runStage,
  integrateStage,
];
