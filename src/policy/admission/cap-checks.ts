import type { CapUnit } from "../../model/cap.ts";
import type { TaskId } from "../../model/ids.ts";
import type { AdmissionFacts, CapState, Check } from "./facts.ts";

export const sessionsUsedUp: Check = (facts) =>
  tooSmall(facts, ({ unit }) => unit === "sessions").map((cap) => ({
    reason: "sessions_used_up",
    since: null,
    liftedBy: liftOf(cap, facts),
  }));

/** An attempt that does not fit whole is not begun: it would have to stop in the middle. */
export const capReached: Check = (facts) =>
  tooSmall(facts, ({ unit }) => unit !== "sessions").map((cap) => ({
    reason: "cap_reached",
    since: null,
    liftedBy: liftOf(cap, facts),
  }));

function tooSmall(facts: AdmissionFacts, isAsked: (cap: CapState) => boolean): readonly CapState[] {
  return facts.caps.filter(isAsked).filter((cap) => {
    const { cap: limit, spent, reserved, unit } = cap;
    return limit !== null && spent + reserved + wanted(facts, unit) > limit;
  });
}

function wanted({ wants }: AdmissionFacts, unit: CapUnit): number {
  if (unit === "usd") return wants.microDollars;
  return unit === "tokens" ? wants.tokens : 1;
}

function liftOf(cap: CapState, facts: AdmissionFacts): string {
  const left = Math.max(0, (cap.cap ?? 0) - cap.spent - cap.reserved);
  const amounts = `${amount(left, cap.unit)} left of ${amount(cap.cap ?? 0, cap.unit)}, and an attempt reserves ${amount(wanted(facts, cap.unit), cap.unit)}`;
  return `${freedBy(cap, facts.task.id)} (${cap.scope} has ${amounts})`;
}

function amount(value: number, unit: CapUnit): string {
  return unit === "usd" ? `${value / 1_000_000} USD` : `${value} ${unit}`;
}

function freedBy({ scope, reserved }: CapState, task: TaskId): string {
  const [kind = "", name = ""] = scope.split("/");
  const ends = reserved > 0 ? "the end of what is running, or " : "";
  if (kind === "day" || kind === "month") return `${ends}the end of ${kind} ${name}, or a higher caps.${kind}`;
  return `${ends}codex-loop budget extend ${kind === "task" ? task : name}`;
}
