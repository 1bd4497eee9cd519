import type { Selectable } from "kysely";
import { sha256 } from "../../kit/hash.ts";
import type { EventSealsTable } from "../schema.ts";
import { canonicalEvent, type EventRow } from "./event-row.ts";

/**
 * One link of the chain over the event log: the hash of the link before and of the rows that came since, in reading
 * order. Rows are counted, not numbered, so that seals survive a move to another store.
 */
export type Seal = Selectable<EventSealsTable>;

/** What a person keeps elsewhere to find a log whose tail, seals included, was cut off. */
export type SealMark = Pick<Seal, "n" | "hash">;

/** No seal covers more rows than this. */
export const SEAL_ROWS = 500;

/** What stands in `previous` of the first seal. */
export const NO_SEAL = "";

/** The role that may append seals, and the name of the cursor that says how far they reach. */
export const SEALER = "sealer";

export function sealHash(previous: string, rows: readonly EventRow[]): string {
  return sha256([previous, ...rows.map(canonicalEvent)].join("\n"));
}
