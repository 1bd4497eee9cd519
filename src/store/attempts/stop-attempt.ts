import type { StopWish } from "../../model/attempt.ts";
import type { AttemptFailureCode } from "../../model/attempt-failure.ts";
import type { AttemptId } from "../../model/ids.ts";
import type { Redacted } from "../../model/redacted.ts";
import { instantOf, msOf } from "../../model/time.ts";
import { appendEvent } from "../events/append-event.ts";
import type { Tx } from "../store.ts";
import { endAttempt } from "./end-attempt.ts";
import { getAttempt } from "./get-attempt.ts";

export interface Stopping {
  /** `safe`: after the turn at hand · `now`: at once. */
  readonly wish: StopWish;
  readonly code: AttemptFailureCode;
}

/** `asked`: its runner hears of it at the next heartbeat · `ended`: it had not begun and never will · `closed`: too late. */
export type Stopped = "asked" | "ended" | "closed";

/** How long a runner has to obey before it is ended from outside. */
const OBEY_MS = 5_000;

/** Wishes that an attempt ends. At once outranks safe, and the first reason stays. */
export async function stopAttempt(tx: Tx, id: AttemptId, { wish, code }: Stopping): Promise<Stopped> {
  const attempt = await getAttempt(tx, id);
  if (attempt === null || attempt.state === "ended") return "closed";
  if (attempt.state === "queued") {
    // Our own fixed words hold no secret.
    const failure = { code, detail: "It was stopped before it began." as Redacted };
    const ending = {
      outcome: "cancelled",
      failure,
      head: null,
      sessionId: null,
      turns: null,
      toolCalls: null,
    } as const;
    return (await endAttempt(tx, attempt, ending)) === null ? "closed" : "ended";
  }
  if (attempt.stop === "now" || attempt.stop === wish) return "asked";
  const soon = instantOf(msOf(tx.now) + OBEY_MS);
  const isSooner = wish === "now" && (attempt.deadline === null || soon < attempt.deadline);
  const rows = await tx.db
    .updateTable("attempts")
    .set({ stop: wish, stop_reason: attempt.stopReason ?? code, deadline: isSooner ? soon : attempt.deadline })
    .where("id", "=", id)
    .where("fence", "=", attempt.fence)
    .where("state", "in", ["running", "verifying"])
    .returning("id")
    .execute();
  if (rows.length === 0) return "closed";
  await appendEvent(tx, { type: "attempt.stopping", key: id, payload: { wish, code } });
  return "asked";
}
