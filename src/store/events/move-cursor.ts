import type { Position } from "../../model/event.ts";
import type { Tx } from "../store.ts";

export interface CursorMove {
  readonly consumer: string;
  /** Where the caller read from. */
  readonly from: Position;
  readonly to: Position;
}

/**
 * Moves a consumer's cursor in the transaction that does what the events asked for. Returns false when somebody else
 * moved it since the caller read it: then the caller writes nothing.
 */
export async function moveCursor(tx: Tx, move: CursorMove): Promise<boolean> {
  const { consumer, from, to } = move;
  const rows = await tx.db
    .insertInto("consumer_cursors")
    .values({ consumer, position: to, updated_at: tx.now })
    .onConflict((conflict) =>
      conflict
        .column("consumer")
        .doUpdateSet({ position: to, updated_at: tx.now })
        .where("consumer_cursors.position", "=", from),
    )
    .returning("consumer")
    .execute();
  return rows.length === 1;
}
