import { capLimitsOf } from "../../config/cap-limits.ts";
import type { Attempt } from "../../model/attempt.ts";
import type { Blocker } from "../../model/blocker.ts";
import type { GuardName } from "../../model/guard.ts";
import { newId, type TaskId } from "../../model/ids.ts";
import type { Order } from "../../model/order.ts";
import { instantOf, msOf } from "../../model/time.ts";
import { blockers, canariesOf } from "../../policy/admission.ts";
import type { AdmissionFacts } from "../../policy/admission/facts.ts";
import type { StoredFacts } from "../../store/admission/stored-facts.ts";
import { queueAttempt } from "../../store/attempts/queue-attempt.ts";
import { claimCanary } from "../../store/breakers/claim-canary.ts";
import { newHolds } from "../../store/guards/new-holds.ts";
import { noteGuardFired } from "../../store/guards/note-guard-fired.ts";
import { reserveAttempt } from "../../store/ledger/reserve-attempt.ts";
import type { Tx } from "../../store/store.ts";
import { claimTask } from "../../store/tasks/claim-task.ts";
import { attemptCapsOf } from "./attempt-caps.ts";
import type { DispatchWorld } from "./dispatch-world.ts";
import { admissionOf, heldByStore, look, storedHalf, type Seen } from "./gather.ts";
import { orderOf } from "./order-of.ts";
import { failInvalid, parkExhausted } from "./park.ts";

/**
 * Tries to dispatch one task: gather, admit, claim; `null`: something holds it back, or somebody was faster. What was seen
 * outside is judged again with the stored facts of the claiming transaction, so no two dispatchers admit on one fact.
 */
export async function dispatchTask(world: DispatchWorld, id: TaskId): Promise<Attempt | null> {
  const stored = await world.store.read((reader) => storedHalf(reader, world, id));
  if (stored === null || stored.task.state !== "ready") return null;
  if (await parkExhausted(world, stored)) return null;
  const held = heldByStore(world, stored);
  if (held.length > 0) return await noteHeld(world, id, held);
  const sight = await look(world, stored);
  if (sight.kind === "unseen") return null;
  if (sight.kind === "invalid") return await failInvalid(world, stored.task, sight.failure);
  return await claim(world, stored, sight.seen);
}

async function claim(world: DispatchWorld, { task, idea }: StoredFacts, seen: Seen): Promise<Attempt | null> {
  const stamp = { actor: "dispatch", simulated: idea.simulated };
  try {
    return await world.store.write(stamp, async (tx) => {
      const stored = await storedHalf(tx, world, task.id);
      const outside = { ...seen, maxParallel: seen.profile.maxParallel };
      const facts = stored === null ? null : admissionOf(world, stored, outside);
      if (stored === null || facts === null) return null;
      const held = blockers(facts);
      if (held.length === 0) return await take(tx, world, { stored, facts, seen });
      await noteHolds(tx, task.id, await newHolds(tx, held, tx.now));
      return null;
    });
  } catch (error) {
    if (error instanceof Outrun) return null;
    throw error;
  }
}

/** Notes guards that hold the task back, each hold once; reads first, because most rounds have nothing new to note. */
async function noteHeld(world: DispatchWorld, id: TaskId, held: readonly Blocker[]): Promise<null> {
  const fresh = await world.store.read((reader) => newHolds(reader, held, instantOf(world.clock.now())));
  if (fresh.length > 0) await world.store.write({ actor: "dispatch" }, (tx) => noteHolds(tx, id, fresh));
  return null;
}

async function noteHolds(tx: Tx, id: TaskId, guards: readonly GuardName[]): Promise<void> {
  for (const guard of guards) await noteGuardFired(tx, guard, id);
}

/** Thrown to undo a claim that got only half of what it needs; another dispatcher took the rest. */
class Outrun extends Error {}

interface Admitted {
  readonly stored: StoredFacts;
  readonly facts: AdmissionFacts;
  readonly seen: Seen;
}

/** Claim, caps, canary and attempt, all or none of them. */
async function take(tx: Tx, world: DispatchWorld, { stored, facts, seen }: Admitted): Promise<Attempt | null> {
  const { idea, task } = stored;
  const limits = { all: world.settings.max_parallel, repository: seen.profile.maxParallel };
  const fence = await claimTask(tx, { id: task.id, fence: task.fence, head: seen.head, limits });
  if (fence === null) return null;
  const card = world.roleCard("executor");
  const order = orderFor(tx, world, { stored, facts, seen });
  const { attemptId, ideaId, taskId, role, model, caps } = order;
  const reserved = await reserveAttempt(tx, {
    attemptId,
    ideaId,
    taskId,
    role,
    model,
    simulated: idea.simulated,
    caps,
    limits: capLimitsOf(world.settings, idea.caps),
  });
  if (reserved.kind === "refused") throw new Outrun("caps");
  for (const signature of canariesOf(facts)) {
    if (!(await claimCanary(tx, signature, attemptId))) throw new Outrun("canary");
  }
  const { roleHash, promptHash } = card;
  const { keep, holder: dispatcher } = world;
  const { simulated } = idea;
  return await queueAttempt(tx, { order, fence, dispatcher, roleHash, promptHash, keep, simulated });
}

function orderFor(tx: Tx, world: DispatchWorld, { stored, seen }: Admitted): Order {
  const { idea, task } = stored;
  return orderOf({
    attemptId: newId.attempt(msOf(tx.now)),
    idea,
    task,
    card: world.roleCard("executor"),
    profile: seen.profile,
    protectedPaths: seen.protectedPaths,
    caps: attemptCapsOf({
      settings: world.settings,
      profile: seen.profile.caps,
      idea: idea.caps,
      around: stored.caps,
    }),
    model: world.settings.model,
    base: seen.head,
  });
}
