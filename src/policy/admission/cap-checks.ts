import type { TaskId } from "../../model/ids.ts";
import type { CapState, Check } from "./facts.ts";

export const sessionsUsedUp: Check = ({ caps, task }) =>
  reached(caps.filter(({ unit }) => unit === "sessions")).map((cap) => ({
    reason: "sessions_used_up",
    since: null,
    liftedBy: liftOfCap(cap, task.id),
  }));

export const capReached: Check = ({ caps, task }) =>
  reached(caps.filter(({ unit }) => unit !== "sessions")).map((cap) => ({
    reason: "cap_reached",
    since: null,
    liftedBy: liftOfCap(cap, task.id),
  }));

function reached(caps: readonly CapState[]): readonly CapState[] {
  return caps.filter(({ cap, spent, reserved }) => cap !== null && spent + reserved >= cap);
}

function liftOfCap(cap: CapState, task: TaskId): string {
  const used = `${cap.spent + cap.reserved} of ${cap.cap ?? 0} ${cap.unit === "usd" ? "micro-dollars" : cap.unit}`;
  return `${freedBy(cap, task)} (${cap.scope}: ${used} spent or reserved)`;
}

function freedBy({ scope, reserved }: CapState, task: TaskId): string {
  const [kind = "", name = ""] = scope.split("/");
  const ends = reserved > 0 ? "the end of what is running, or " : "";
  if (kind === "day" || kind === "month") return `${ends}the end of ${kind} ${name}, or a higher caps.${kind}`;
  return `${ends}codex-loop budget extend ${kind === "task" ? task : name}`;
}
