import type { CapWishes } from "../../model/cap.ts";
import type { AttemptFailureCode } from "../../model/attempt-failure.ts";
import type { Attempt, AttemptOutcome } from "../../model/attempt.ts";
import { holderOf } from "../../model/holder.ts";
import { idOf, type IdeaId, type TaskId } from "../../model/ids.ts";
import type { Reservation } from "../../model/model-request.ts";
import { microDollarsOf } from "../../model/money.ts";
import type { Settings } from "../../config/options.ts";
import type { PriceOf } from "../../policy/prices/price-of.ts";
import { endAttempt } from "../../store/attempts/end-attempt.ts";
import { startAttempt } from "../../store/attempts/start-attempt.ts";
import { changeIdea } from "../../store/ideas/change-idea.ts";
import { registerIdea } from "../../store/ideas/register-idea.ts";
import { chargeUsage } from "../../store/ledger/charge-usage.ts";
import { putPlan } from "../../store/plans/put-plan.ts";
import { listTasks } from "../../store/tasks/list-tasks.ts";
import { STAMP, type DrillWorld } from "./drill-world.ts";

const HOLDER = holderOf({ host: "drill", pid: 1, start: "0" });

export interface Work {
  readonly ideaId: IdeaId;
  readonly taskId: TaskId;
}

/** An idea with one ready task, as intake and plan leave it. */
export async function newWork({ store, clock, redact }: DrillWorld, caps: CapWishes = {}): Promise<Work> {
  clock.advance(1000);
  const text = redact("A drill");
  return store.write(STAMP, async (tx) => {
    const idea = await registerIdea(tx, {
      title: text,
      spec: text,
      goal: text,
      risk: null,
      labels: [],
      repository: "/drill",
      targetBranch: "main",
      agent: "scripted",
      script: null,
      caps,
      origin: "drill",
      specHash: "drill",
      simulated: false,
    });
    const tasks = [{ title: text, brief: text, needs: [] }];
    await putPlan(tx, { ideaId: idea.id, source: "spec", hash: "drill", tasks });
    await changeIdea(tx, idea.id, { to: "plan_ready" });
    const [task] = await listTasks(tx, idea.id);
    if (task === undefined) throw new Error("a plan of one task made none");
    return { ideaId: idea.id, taskId: task.id };
  });
}

/** The attempt that dispatch makes of work that nothing holds back. */
export async function newAttempt(
  world: DrillWorld,
  { caps = {}, settings = {} }: { readonly caps?: CapWishes; readonly settings?: Partial<Settings> } = {},
): Promise<Attempt> {
  const work = await newWork(world, caps);
  const [attempt] = await world.dispatch(work.ideaId, settings);
  if (attempt === undefined) throw new Error("the drill's work was not dispatched");
  return attempt;
}

/** An attempt that its runner has started. */
export async function newRun(world: DrillWorld, wish: Parameters<typeof newAttempt>[1] = {}): Promise<Attempt> {
  const attempt = await newAttempt(world, wish);
  const start = { id: attempt.id, fence: attempt.fence, holder: HOLDER, leaseMs: 1e9, deadlineMs: 1e9 };
  const started = await world.store.write(STAMP, (tx) => startAttempt(tx, start));
  if (started === null) throw new Error("the drill's attempt was not started");
  return started;
}

/** One model request of so many tokens, half of them output, at one micro-dollar a token or at an unknown price. */
export function spend(
  { store }: DrillWorld,
  { id, fence }: Attempt,
  { tokens, priced }: { readonly tokens: number; readonly priced: boolean },
): Promise<Reservation> {
  const priceOf: PriceOf = (_model, counts) => (priced ? microDollarsOf(counts.total) : null);
  const half = tokens / 2;
  const charge = { payer: { attemptId: id, fence }, key: null, model: "drill", input: half, output: half, priceOf };
  return store.write(STAMP, (tx) => chargeUsage(tx, charge));
}

export interface End {
  readonly outcome: AttemptOutcome;
  readonly code: AttemptFailureCode;
  readonly detail?: string;
}

/** Ends an attempt that had reached an agent. */
export async function end({ store, clock, redact }: DrillWorld, attempt: Attempt, wish: End): Promise<Attempt | null> {
  clock.advance(1000);
  const ending = {
    outcome: wish.outcome,
    failure: { code: wish.code, detail: redact(wish.detail ?? "a drill") },
    head: null,
    sessionId: idOf.session(`drill-${attempt.id}`),
    turns: 1,
    toolCalls: 1,
  };
  return store.write(STAMP, (tx) => endAttempt(tx, attempt, ending));
}
