import { canonicalJson } from "../../kit/json.ts";
import { openTextIn, type EventPayload, type EventType } from "../../model/event.ts";
import { newId, type EventId } from "../../model/ids.ts";
import { msOf } from "../../model/time.ts";
import type { Tx } from "../store.ts";
import type { EventRow } from "./event-row.ts";

/** A fact to be told. Who, why and when come from the transaction. */
export interface Fact {
  readonly type: EventType;
  readonly key: string;
  readonly payload?: EventPayload;
}

/** Appends one event to the log, in the transaction that made it true. Free text anywhere in it is a bug and throws. */
export async function appendEvent(tx: Tx, fact: Fact): Promise<EventId> {
  const id = newId.event(msOf(tx.now));
  const row = rowOf(tx, fact, id);
  refuseOpenText(row, fact);
  await tx.db.insertInto("events").values(row).execute();
  return id;
}

function rowOf(tx: Tx, fact: Fact, id: EventId): EventRow {
  return {
    id,
    key: fact.key,
    type: fact.type,
    actor: tx.stamp.actor,
    cause: tx.stamp.cause,
    trace: tx.stamp.trace,
    at: tx.now,
    simulated: tx.stamp.simulated ? 1 : 0,
    payload: canonicalJson(fact.payload ?? {}),
  };
}

/** The text itself stays out of the message: it may be a secret. */
function refuseOpenText(row: EventRow, fact: Fact): void {
  const columns = { key: row.key, actor: row.actor, cause: row.cause, trace: row.trace };
  const where = openTextIn(columns, "event") ?? openTextIn(fact.payload ?? {});
  if (where === null) return;
  throw new Error(`${fact.type} would seal free text for ever at ${where}; put an id, a hash or a closed word there.`);
}
