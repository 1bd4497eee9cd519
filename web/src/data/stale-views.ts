import type { EventType } from "../../../src/model/event.ts";
import type { ViewName } from "./queries.ts";

const TRACES: readonly ViewName[] = ["ready", "report", "sessions", "session", "signals", "usage", "search"];

/** What a step of an idea, a task or a run can change on the screens of runs. */
const RUNS: readonly ViewName[] = ["ideas", "idea", "runs", "run", "run_log", "run_diff", "approvals"];

/** Which views an event makes stale; the types that are not listed change nothing this page shows. */
export const STALE_VIEWS: { readonly [Type in EventType]?: readonly ViewName[] } = {
  "traces.ingested": ["ready", "report", "sessions", "session", "usage", "search"],
  "signals.computed": ["report", "sessions", "session", "signals"],
  "daily.finished": ["report"],
  "store.pruned": TRACES,
  "idea.registered": RUNS,
  "idea.changed": RUNS,
  "plan.ready": RUNS,
  "task.changed": RUNS,
  "attempt.queued": RUNS,
  "attempt.started": RUNS,
  "attempt.verifying": RUNS,
  "attempt.ended": RUNS,
  "attempt.stopping": RUNS,
  "change.recorded": RUNS,
  "change.changed": RUNS,
  "approval.asked": RUNS,
  "approval.decided": RUNS,
  "cap.hit": RUNS,
  "cap.extended": RUNS,
  "control.changed": RUNS,
};
