import type { Selectable } from "kysely";
import type { AttemptId } from "../../model/ids.ts";
import type { LedgerTable } from "../control-tables.ts";
import type { Reader } from "../store.ts";

export type LedgerRow = Selectable<LedgerTable>;

/** Every model request of an attempt, refused ones included, in the order they were made. */
export function listRequests(reader: Reader, attemptId: AttemptId): Promise<readonly LedgerRow[]> {
  return reader.db
    .selectFrom("ledger")
    .selectAll()
    .where("attempt_id", "=", attemptId)
    .where("kind", "=", "request")
    .orderBy("at")
    .orderBy("id")
    .execute();
}
