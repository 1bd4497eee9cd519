import type { Selectable } from "kysely";
import type { Cap, CapScope, CapUnit } from "../../model/cap.ts";
import type { Provenance } from "../../model/provenance.ts";
import type { CapsTable } from "../control-tables.ts";

export type CapRow = Selectable<CapsTable>;

/** Only acts of this folder write these columns. */
export function capOf(row: CapRow): Cap {
  return {
    scope: row.scope as CapScope,
    unit: row.unit as CapUnit,
    cap: row.cap,
    extended: row.extended,
    reserved: row.reserved,
    spent: row.spent,
    unknown: row.unknown,
    provenance: row.provenance as Provenance,
  };
}
