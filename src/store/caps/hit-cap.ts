import type { CapScope, CapUnit } from "../../model/cap.ts";
import { isGuardName } from "../../model/guard.ts";
import { appendEvent } from "../events/append-event.ts";
import { noteGuardFired } from "../guards/note-guard-fired.ts";
import type { Tx } from "../store.ts";

export interface CapHit {
  readonly scope: CapScope;
  readonly unit: CapUnit;
  /** What was held back: the id of an attempt or a task. */
  readonly subject: string;
}

/** Tells that a cap held something back. Whoever tries again and again tells it once. */
export async function hitCap(tx: Tx, { scope, unit, subject }: CapHit): Promise<void> {
  await appendEvent(tx, { type: "cap.hit", key: subject, payload: { scope, unit, subject } });
  const guard = `cap/${scope.split("/", 1)[0] ?? ""}/${unit}`;
  if (!isGuardName(guard)) throw new Error(`${guard} is no guard that anybody drills`);
  await noteGuardFired(tx, guard, subject);
}
