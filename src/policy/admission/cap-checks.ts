import type { CapUnit } from "../../model/cap.ts";
import type { Blocker } from "../../model/blocker.ts";
import { isGuardName } from "../../model/guard.ts";
import type { TaskId } from "../../model/ids.ts";
import type { CapState, Check } from "./facts.ts";

/** An attempt gets at most what is left of every cap, so what holds it back is a cap with nothing left. */
export const capReached: Check = ({ caps, task }) =>
  caps
    .filter(isSpent)
    .filter(({ unit }) => unit !== "sessions")
    .map((cap) => ({ reason: "cap_reached", since: null, liftedBy: liftOf(cap, task.id), ...guardOf(cap) }));

/** What runs has reserved all that is left, and may give some of it back. */
export const capReserved: Check = ({ caps, task }) =>
  caps
    .filter((cap) => isUsedUp(cap) && !isSpent(cap))
    .map((cap) => ({ reason: "cap_reserved", since: null, liftedBy: liftOf(cap, task.id) }));

export const sessionsUsedUp: Check = ({ caps, task }) =>
  caps
    .filter(isSpent)
    .filter(({ unit }) => unit === "sessions")
    .map((cap) => ({
      reason: "sessions_used_up",
      since: null,
      liftedBy: liftOf(cap, task.id),
    }));

/** A cap of the task or idea is noted when the task is parked for it; nobody parks a task for a day or a month. */
function guardOf({ scope, unit }: CapState): Pick<Blocker, "guard"> {
  const guard = `cap/${scope.split("/", 1)[0] ?? ""}/${unit}`;
  return /^(?:day|month)\//.test(scope) && isGuardName(guard) ? { guard } : {};
}

function isSpent({ cap, spent }: CapState): boolean {
  return cap !== null && spent >= cap;
}

function isUsedUp({ cap, spent, reserved }: CapState): boolean {
  return cap !== null && spent + reserved >= cap;
}

function liftOf(cap: CapState, task: TaskId): string {
  const { scope, spent, reserved, unit } = cap;
  const used = `${amount(spent, unit)} spent and ${amount(reserved, unit)} reserved of ${amount(cap.cap ?? 0, unit)}`;
  return `${freedBy(cap, task)} (${scope}: ${used})`;
}

function amount(value: number, unit: CapUnit): string {
  return unit === "usd" ? `${value / 1_000_000} USD` : `${value} ${unit}`;
}

function freedBy({ scope, reserved, unit }: CapState, task: TaskId): string {
  const [kind = "", name = ""] = scope.split("/");
  const ends = reserved > 0 ? "the end of what is running, or " : "";
  const extend = `codex-loop budget extend ${kind === "task" ? task : kind === "idea" ? name : scope} --${unit} N`;
  return kind === "day" || kind === "month" ? `${ends}the end of ${kind} ${name}, or ${extend}` : `${ends}${extend}`;
}
