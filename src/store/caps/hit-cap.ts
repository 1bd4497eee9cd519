import type { CapScope, CapUnit } from "../../model/cap.ts";
import { appendEvent } from "../events/append-event.ts";
import { fireGuard } from "../guards/fire-guard.ts";
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
  await fireGuard(tx, `cap/${scope.split("/", 1)[0]}/${unit}`, subject);
}
