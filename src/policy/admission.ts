/**
 * The one function that says whether a task may run: it lists every reason why not, in one order, and a task is admitted
 * exactly when the list is empty. Dispatch asks it in the transaction that claims; `explain` prints what it says.
 */
import type { Blocker } from "../model/blocker.ts";
import { breakerOpen, mayBeCanary, reaching } from "./admission/breaker-checks.ts";
import { capReached, capReserved, sessionsUsedUp } from "./admission/cap-checks.ts";
import type { AdmissionFacts, Check } from "./admission/facts.ts";
import { heldBy, policySaysNo } from "./admission/hold-checks.ts";
import { headUnknown, noRoom, surroundings } from "./admission/place-checks.ts";
import { awaitingApproval, dependencies, ideaNotActive, parked, running, taskEnded } from "./admission/state-checks.ts";
import { alreadyTried, notBefore } from "./admission/tried-checks.ts";

/** Every reason why the task does not run, in the order of `BLOCK_REASONS`; empty: it may. */
export function blockers(facts: AdmissionFacts): readonly Blocker[] {
  return CHECKS.flatMap((check) => check(facts));
}

/** The breakers whose canary this task becomes when it is admitted: each has to be claimed with the task. */
export function canariesOf(facts: AdmissionFacts): readonly string[] {
  return reaching(facts).flatMap(({ breaker }) => (mayBeCanary(facts, breaker) ? [breaker.signature] : []));
}

const CHECKS: readonly Check[] = [
  ideaNotActive,
  taskEnded,
  running,
  heldBy("stopped"),
  heldBy("paused"),
  dependencies,
  awaitingApproval,
  parked,
  alreadyTried,
  notBefore,
  sessionsUsedUp,
  capReached,
  capReserved,
  breakerOpen,
  policySaysNo,
  noRoom,
  headUnknown,
  surroundings,
];
