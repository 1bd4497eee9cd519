import { fail, ok, type Result } from "../../kit/result.ts";
import type { Cap, CapScope, CapUnit } from "../../model/cap.ts";
import type { Failure } from "../../model/failure.ts";
import { appendEvent } from "../events/append-event.ts";
import type { Tx } from "../store.ts";
import { capOf } from "./cap-row.ts";

export interface Extension {
  readonly scope: CapScope;
  readonly unit: CapUnit;
  /** A whole number of the unit, at least 1; at most as much as the settings allowed at first. */
  readonly by: number;
}

/** Widens a cap for good by a bounded amount. An attempt's own cap stays: the scopes around it hold no more for it. */
export async function extendCap(tx: Tx, wish: Extension): Promise<Result<Cap, Failure>> {
  const { scope, unit, by } = wish;
  if (scope.startsWith("attempt/")) return fail(ofAttempt(scope));
  const found = await tx.db
    .updateTable("caps")
    .set((eb) => ({ cap: eb("cap", "+", by), extended: eb("extended", "+", by), updated_at: tx.now }))
    .where("scope", "=", scope)
    .where("unit", "=", unit)
    .where((eb) => eb(eb("cap", "-", eb.ref("extended")), ">=", by))
    .returningAll()
    .executeTakeFirst();
  if (found === undefined) return fail(await whyNot(tx, wish));
  await appendEvent(tx, { type: "cap.extended", key: scope, payload: { scope, unit, by, cap: found.cap } });
  return ok(capOf(found));
}

async function whyNot(tx: Tx, { scope, unit, by }: Extension): Promise<Failure> {
  const row = await tx.db
    .selectFrom("caps")
    .select(["cap", "extended"])
    .where("scope", "=", scope)
    .where("unit", "=", unit)
    .executeTakeFirst();
  if (row === undefined) return untouched(scope, unit);
  if (row.cap === null) return unlimited(scope, unit);
  return tooMuch(scope, said(row.cap - row.extended, unit), said(by, unit));
}

function ofAttempt(scope: CapScope): Failure {
  return {
    code: "conflict",
    message: `The cap of ${scope} is not extended.`,
    cause: "An attempt starts with all it may use; what it lacks the next attempt of its task has anew.",
    hint: "Do this: codex-loop budget extend IDEA --usd N, or raise caps.attempt.usd in config.yaml.",
    retry: "never",
  };
}

function untouched(scope: CapScope, unit: CapUnit): Failure {
  return {
    code: "not_found",
    message: `There is no cap of ${scope} in ${unit}.`,
    cause: "No attempt has touched that scope yet, or it does not count this unit.",
    hint: "Do this: codex-loop budget show, which lists every cap there is.",
    retry: "never",
  };
}

function unlimited(scope: CapScope, unit: CapUnit): Failure {
  return {
    code: "conflict",
    message: `${scope} has no limit in ${unit}.`,
    cause: "There is nothing to extend.",
    hint: "Do this: codex-loop explain TASK, which names what holds the task back.",
    retry: "never",
  };
}

function said(amount: number, unit: CapUnit): string {
  return unit === "usd" ? `$${amount / 1_000_000}` : `${amount} ${unit}`;
}

function tooMuch(scope: CapScope, most: string, by: string): Failure {
  return {
    code: "gate_says_no",
    message: `${scope} can be extended by at most ${most} at once, not by ${by}.`,
    cause: "One extension at most doubles what the settings allow, so that a slip of the hand stays small.",
    hint: "Do this: extend by less, or raise the setting under caps. in config.yaml.",
    retry: "never",
  };
}
